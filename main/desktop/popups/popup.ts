import { BrowserWindow, screen } from "electron";
import type { PermissionId } from "../../contract/ids.ts";
import type { Log } from "../../kernel/log.ts";
import type { Ipc } from "../ipc/mount.ts";
import { pageUrl } from "../pages/address.ts";
import { pageBackground } from "../pages/background.ts";
import { pagePreferences } from "../pages/security.ts";
import { keepAlive } from "../windows/keep-alive.ts";
import { createPaintLatency } from "./latency.ts";
import { placeForUnknownTray, placePopup, type Rectangle } from "./placement.ts";

const FIRST_SIZE = { width: 420, height: 260 };
/** The page says when the card is painted. Should it not, half a card is better than none. */
const SHOW_ANYWAY_MS = 100;
/** The page may put the popup away just when something new is on its way to it. */
const CROSSING_MS = 250;
/** Longer than the page takes to say that a request was answered elsewhere. */
const LEAVE_ANYWAY_MS = 4000;

export interface Popup {
  /** A new request: comes up without taking the keyboard, if it may come up by itself. */
  asked(id: PermissionId, mayShow: boolean): void;
  /** Nothing left to answer: leaves once the page has said so. */
  settled(id: PermissionId, left: number): void;
  /** The person wants to see this request, or the oldest: comes to the front. */
  open(id: PermissionId | null): void;
  painted(id: PermissionId): void;
  resize(size: { readonly width: number; readonly height: number }): void;
  close(): void;
  isFocused(): boolean;
  isOpen(): boolean;
  stop(): void;
}

export interface PopupDeps {
  readonly preload: string;
  readonly allowedCalls: readonly string[];
  readonly isDevelopment: boolean;
  readonly ipc: Ipc;
  readonly trayBounds: () => Rectangle | null;
  readonly log: Log;
}

/** Made early and only ever hidden, so that it can be on screen at once. */
export function createPopup(deps: PopupDeps): Popup {
  const { ipc, log } = deps;
  const window = createWindow(deps);
  const latency = createPaintLatency(log);
  /** Requests that may come up by themselves and have not been on screen yet, and since when. */
  const announced = new Map<PermissionId, number>();
  const unknownTray = placeForUnknownTray(process.env["XDG_CURRENT_DESKTOP"]);
  let size = FIRST_SIZE;
  let showTimer: NodeJS.Timeout | null = null;
  let leaveTimer: NodeJS.Timeout | null = null;

  const place = () => {
    const cursor = screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
    window.setBounds(placePopup(size, cursor, deps.trayBounds(), unknownTray));
  };

  const cancel = (timer: NodeJS.Timeout | null) => {
    if (timer !== null) clearTimeout(timer);
    return null;
  };

  const stay = () => {
    leaveTimer = cancel(leaveTimer);
  };

  const show = () => {
    showTimer = cancel(showTimer);
    if (window.isDestroyed() || window.isVisible()) return;
    place();
    window.showInactive();
  };

  const hide = () => {
    showTimer = cancel(showTimer);
    stay();
    if (!window.isDestroyed()) window.hide();
  };

  const point = (permissionId: PermissionId | null) =>
    ipc.tell("popup", "desktop.show", { permissionId, runId: null, place: null });

  ipc.register("popup", window.webContents);
  const keeping = keepAlive(window, log);
  window.on("close", (event) => {
    event.preventDefault();
    hide();
  });
  void window.loadURL(pageUrl("popup"));

  return {
    asked(id, mayShow) {
      stay();
      if (!mayShow) return;
      latency.asked(id);
      announced.set(id, performance.now());
      // Of those that come together the first is on the card; the others queue up behind it.
      if (window.isVisible() || showTimer !== null) return;
      point(id);
      showTimer = setTimeout(show, SHOW_ANYWAY_MS);
    },
    settled(id, left) {
      latency.settled(id);
      announced.delete(id);
      if (left > 0 || !window.isVisible()) return;
      leaveTimer ??= setTimeout(hide, LEAVE_ANYWAY_MS);
    },
    open(id) {
      stay();
      point(id);
      show();
      window.focus();
    },
    painted(id) {
      if (announced.delete(id)) show();
      latency.painted(id);
    },
    resize(wanted) {
      size = wanted;
      if (window.isVisible()) place();
    },
    close() {
      const crossing = performance.now() - CROSSING_MS;
      for (const [id, at] of announced) if (at < crossing) announced.delete(id);
      if (showTimer === null) hide();
    },
    isFocused: () => window.isVisible() && window.isFocused(),
    isOpen: () => window.isVisible(),
    stop() {
      hide();
      keeping.stop();
      if (!window.isDestroyed()) window.destroy();
    },
  };
}

function createWindow({ preload, allowedCalls, isDevelopment }: PopupDeps): BrowserWindow {
  const window = new BrowserWindow({
    ...FIRST_SIZE,
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
