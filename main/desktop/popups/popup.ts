import { BrowserWindow, screen } from "electron";
import type { WaitingItem } from "../../areas/waiting/contract.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Log } from "../../kernel/log.ts";
import type { PopupSize, PopupView } from "../contract.ts";
import type { Ipc } from "../ipc/mount.ts";
import { pageUrl } from "../pages/address.ts";
import { pageBackground } from "../pages/background.ts";
import { pagePreferences } from "../pages/security.ts";
import { keepAlive } from "../windows/keep-alive.ts";
import { createPaintLatency } from "./latency.ts";
import { placeForUnknownTray, placePopup, type Rectangle } from "./placement.ts";
import { createPopupCourse } from "./popup-course.ts";
import type { PopupState } from "./popup-state.ts";

const SIZES = {
  low: { width: 520, height: 420 },
  tall: { width: 520, height: 640 },
} as const satisfies Readonly<Record<PopupSize, { width: number; height: number }>>;

export interface Popup {
  /** Something new waits: comes up without taking the keyboard, if it may come up by itself. */
  asked(item: WaitingItem, mayShow: boolean): void;
  /** `undoableUntil`: the person can take it back until then. */
  settled(item: WaitingItem, undoableUntil: number | null): void;
  /** The person wants to see this, or what waits longest: comes to the front. */
  open(id: string | null): void;
  /** The person turned to another card. */
  turn(id: string): void;
  painted(id: string): void;
  resize(size: PopupSize): void;
  /** The person will see to it later. */
  later(id: string): void;
  close(): void;
  view(): PopupView;
  /** On screen, or about to be. */
  isUp(): boolean;
  isFocused(): boolean;
  stop(): void;
}

export interface PopupDeps {
  readonly preload: string;
  readonly allowedCalls: readonly string[];
  readonly isDevelopment: boolean;
  readonly ipc: Ipc;
  readonly trayBounds: () => Rectangle | null;
  /** What waits, the longest wait first. */
  readonly waiting: () => readonly WaitingItem[];
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * The popup's window. It does as `nextPopup` says and nothing by itself. Made early and only ever
 * hidden, so that it can be on screen at once.
 */
export function createPopup(deps: PopupDeps): Popup {
  const { ipc, clock, log } = deps;
  const window = createWindow(deps);
  const latency = createPaintLatency(log);
  const unknownTray = placeForUnknownTray(process.env["XDG_CURRENT_DESKTOP"]);
  let size: PopupSize = "low";

  const place = () => {
    const cursor = screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
    window.setBounds(placePopup(SIZES[size], cursor, deps.trayBounds(), unknownTray));
  };

  const showOrHide = (isWanted: boolean) => {
    if (window.isDestroyed() || isWanted === window.isVisible()) return;
    if (!isWanted) return window.hide();
    place();
    window.showInactive();
  };

  const course = createPopupCourse({
    clock,
    waiting: deps.waiting,
    onChange(before, now) {
      showOrHide(now.window === "shown");
      const view = viewOf(now);
      if (!isSameView(viewOf(before), view)) ipc.tell("popup", "desktop.card", view);
    },
  });
  const { put } = course;

  ipc.register("popup", window.webContents);
  const keeping = keepAlive(window, log);
  window.on("close", (event) => {
    event.preventDefault();
    put({ type: "closed" });
  });
  void window.loadURL(pageUrl("popup"));

  return {
    asked(item, mayShow) {
      if (mayShow) latency.asked(item.id);
      put({ type: "asked", item, mayShow });
    },
    settled(item, undoableUntil) {
      latency.settled(item.id);
      const left = undoableUntil === null ? null : undoableUntil - clock.now();
      put({ type: "settled", item, undoableUntil: left === null ? null : clock.steady() + left });
    },
    open(id) {
      put({ type: "opened", id });
      if (course.state().window === "shown") window.focus();
    },
    turn: (id) => put({ type: "turned", id }),
    painted(id) {
      put({ type: "painted", id });
      latency.painted(id);
    },
    resize(wanted) {
      if (wanted === size) return;
      size = wanted;
      if (window.isVisible()) place();
    },
    later: (id) => put({ type: "later", id }),
    close: () => put({ type: "closed" }),
    view: () => viewOf(course.state()),
    isUp: () => course.state().window !== "hidden",
    isFocused: () => window.isVisible() && window.isFocused(),
    stop() {
      course.stop();
      keeping.stop();
      if (!window.isDestroyed()) window.destroy();
    },
  };
}

const viewOf = ({ card, isLeaving, window, look }: PopupState): PopupView => ({
  card,
  isLeaving,
  isShown: window === "shown",
  look,
});

const isSameView = (a: PopupView, b: PopupView) =>
  a.card === b.card && a.isLeaving === b.isLeaving && a.isShown === b.isShown && a.look === b.look;

function createWindow({ preload, allowedCalls, isDevelopment }: PopupDeps): BrowserWindow {
  const window = new BrowserWindow({
    ...SIZES.low,
    show: false,
    frame: false,
    resizable: false,
    movable: true,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    skipTaskbar: true,
    alwaysOnTop: true,
    title: "Gatehouse asks",
    backgroundColor: pageBackground(),
    // A panel takes clicks and keys without bringing its whole app forward.
    ...(process.platform === "darwin" ? { type: "panel" } : {}),
    webPreferences: {
      ...pagePreferences(preload, allowedCalls, isDevelopment),
      // Hidden most of its life, it has to be ready the moment something is asked.
      backgroundThrottling: false,
    },
  });
  window.setAlwaysOnTop(true, "pop-up-menu");
  window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true });
  return window;
}
