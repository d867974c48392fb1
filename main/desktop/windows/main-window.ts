import { app, BrowserWindow, nativeTheme, screen } from "electron";
import type { RunId } from "../../contract/ids.ts";
import type { Log } from "../../kernel/log.ts";
import type { Ipc } from "../ipc/mount.ts";
import { pageUrl } from "../pages/address.ts";
import { pageBackground } from "../pages/background.ts";
import { pagePreferences } from "../pages/security.ts";
import type { RememberedStore } from "../remembered.ts";
import { keepAlive } from "./keep-alive.ts";
import { zoom, zoomAsRemembered, type ZoomStep } from "./zoom.ts";
import { MIN_HEIGHT, MIN_WIDTH, windowBounds } from "./window-bounds.ts";

/** Where the window is asked to go; nothing named leaves it where it is. */
export interface Target {
  readonly waitingId?: string | undefined;
  readonly runId?: RunId | undefined;
  readonly place?: "inbox" | "new_run" | "diagnostics";
}

export interface MainWindow {
  open(target?: Target): void;
  /** Larger or smaller, now and from the next start on. */
  zoom(step: ZoomStep): void;
  isFocused(): boolean;
  /** The page says that it shows, or no longer shows, all that waits. */
  tellLooking(atInbox: boolean): void;
  /** Whether the person looks at all that waits right now. */
  isAtInbox(): boolean;
  /** The window itself while it exists, for dialogs that belong to it. */
  current(): BrowserWindow | null;
  stop(): void;
}

export interface MainWindowDeps {
  readonly preload: string;
  readonly allowedCalls: readonly string[];
  readonly isDevelopment: boolean;
  readonly ipc: Ipc;
  readonly remembered: RememberedStore;
  readonly icon: string;
  readonly log: Log;
  /** The person has turned away from what the window showed. */
  readonly left: () => void;
}

const SAVE_AFTER_MS = 400;

/** Exists only while somebody looks at it: closing it keeps the daemon and gives its memory back. */
export function createMainWindow(deps: MainWindowDeps): MainWindow {
  let window: BrowserWindow | null = null;
  let loaded: Promise<void> = Promise.resolve();
  let showsInbox = false;

  const open = () => {
    const made = createWindow(deps);
    window = made;
    loaded = new Promise((resolve) => made.webContents.once("did-finish-load", () => resolve()));
    made.once("ready-to-show", () => made.show());
    made.on("blur", () => deps.left());
    made.once("closed", () => {
      window = null;
      showsInbox = false;
      deps.left();
      app.dock?.hide();
    });
    void app.dock?.show();
    void made.loadURL(pageUrl("window"));
    return made;
  };

  return {
    open({ waitingId, runId, place } = {}) {
      const isNew = window === null;
      const shown = window ?? open();
      if (!isNew) {
        if (shown.isMinimized()) shown.restore();
        shown.show();
        shown.focus();
      }
      if (waitingId === undefined && runId === undefined && place === undefined) return;
      const target = { waitingId: waitingId ?? null, runId: runId ?? null, place: place ?? null };
      void loaded.then(() => deps.ipc.tell("window", "desktop.show", target));
    },
    zoom(step) {
      if (window !== null) zoom(window.webContents, deps.remembered, step);
    },
    isFocused: () => window?.isFocused() ?? false,
    tellLooking(atInbox) {
      showsInbox = atInbox;
      if (!atInbox) deps.left();
    },
    isAtInbox: () => showsInbox && (window?.isFocused() ?? false),
    current: () => window,
    stop: () => window?.destroy(),
  };
}

function createWindow({ preload, allowedCalls, isDevelopment, ipc, remembered, icon, log }: MainWindowDeps) {
  const placement = remembered.read().window;
  const areas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map((display) => display.workArea);
  const window = new BrowserWindow({
    ...windowBounds(placement, areas),
    minWidth: MIN_WIDTH,
    minHeight: MIN_HEIGHT,
    show: false,
    title: "Gatehouse",
    icon,
    backgroundColor: pageBackground(),
    autoHideMenuBar: true,
    webPreferences: pagePreferences(preload, allowedCalls, isDevelopment),
  });
  if (placement?.isMaximized === true) window.maximize();

  let timer: NodeJS.Timeout | null = null;
  const save = () => {
    timer = null;
    if (window.isDestroyed() || window.isMinimized()) return;
    remembered.change({ window: { ...window.getNormalBounds(), isMaximized: window.isMaximized() } });
  };
  const saveSoon = () => {
    timer ??= setTimeout(save, SAVE_AFTER_MS);
  };
  const repaint = () => window.setBackgroundColor(pageBackground());

  window.on("resize", saveSoon);
  window.on("move", saveSoon);
  window.on("close", save);
  nativeTheme.on("updated", repaint);
  const keeping = keepAlive(window, log);
  window.once("closed", () => {
    if (timer !== null) clearTimeout(timer);
    nativeTheme.off("updated", repaint);
    keeping.stop();
  });
  zoomAsRemembered(window.webContents, remembered);
  ipc.register("window", window.webContents);
  return window;
}
