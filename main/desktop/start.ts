import { app, nativeTheme, session } from "electron";
import { mayShowPopup, type Situation } from "../areas/notifications/decide-notice.ts";
import { comesUp } from "../areas/notifications/patience.ts";
import { storage } from "../areas/storage/contract.ts";
import type { Clock } from "../kernel/clock.ts";
import { handlerOf } from "../kernel/handlers.ts";
import type { Log } from "../kernel/log.ts";
import { createAnnouncing } from "./announcing.ts";
import { createAnswers } from "./answers.ts";
import type { Autolaunch } from "./autolaunch.ts";
import { desktop } from "./contract.ts";
import type { DesktopDaemon } from "./daemon.ts";
import { followGate } from "./gate-view.ts";
import { allowedCalls } from "./ipc/calls.ts";
import { mountIpc } from "./ipc/mount.ts";
import { chooseBackend } from "./notifier/choose-backend.ts";
import { noticeIcon } from "./notifier/icon.ts";
import { createNotifier } from "./notifier/notifier.ts";
import { createNoticeReaction } from "./notifier/reaction.ts";
import { secureContents, secureSession } from "./pages/security.ts";
import { servePages } from "./pages/serve.ts";
import { createPause } from "./pause.ts";
import type { BuiltPlaces } from "./places.ts";
import { createPopup } from "./popups/popup.ts";
import type { RememberedStore } from "./remembered.ts";
import { createDesktopRoutes } from "./routes.ts";
import { createSessionFiles } from "./session-files.ts";
import type { TrayAct } from "./tray/state.ts";
import type { TrayControl } from "./tray/tray.ts";
import { watchTrouble } from "./trouble.ts";
import { createMainWindow, type MainWindow } from "./windows/main-window.ts";

export interface DesktopDeps {
  readonly daemon: DesktopDaemon;
  readonly tray: TrayControl;
  readonly places: BuiltPlaces;
  readonly remembered: RememberedStore;
  readonly autolaunch: Autolaunch;
  readonly appId: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly isDevelopment: boolean;
  quit(): void;
}

export interface Desktop {
  readonly window: MainWindow;
  act(act: TrayAct): void;
  trayClicked(): void;
  stop(): Promise<void>;
}

/** Everything a person sees, around a daemon that runs. */
export async function startDesktop(deps: DesktopDeps): Promise<Desktop> {
  const { daemon, tray, places, clock, log, isDevelopment } = deps;
  const pageAreas = [...Object.values(daemon.areas), desktop];
  const forPage = (page: "window" | "popup") => ({
    allowedCalls: allowedCalls(pageAreas, page),
    isDevelopment,
    log,
  });

  nativeTheme.themeSource = deps.remembered.read().theme;
  secureSession(session.defaultSession, isDevelopment);
  secureContents();
  servePages(session.defaultSession, places.pages);

  // Pages make calls only once they are loaded, and by then this is filled.
  const routes: Record<string, object> = { ...daemon.routes };
  const ipc = mountIpc({ areas: pageAreas, routes, daemon, log });
  const gate = await followGate(daemon);
  const window = createMainWindow({
    ...forPage("window"),
    preload: places.windowPreload,
    icon: places.icon,
    remembered: deps.remembered,
    ipc,
    left: () => announcing.left(),
  });
  const popup = createPopup({
    ...forPage("popup"),
    preload: places.popupPreload,
    trayBounds: () => tray.bounds(),
    waiting: () => gate.read().waiting,
    clock,
    ipc,
  });
  const { autolaunch, remembered } = deps;
  routes[desktop.name] = createDesktopRoutes({
    autolaunch,
    remembered,
    window,
    popup,
    ownerKey: daemon.address.ownerKey,
    sessionFiles: createSessionFiles(daemon.routes.sessions, () => window.current()),
  });

  const pause = createPause(clock, () => tray.changed());
  const trouble = watchTrouble({
    diagnostics: daemon.routes.diagnostics,
    clock,
    changed: () => tray.changed(),
    report: (error) => log.warn({ err: error }, "the health checks failed"),
  });
  const onStorage = handlerOf(storage, { changed: () => trouble.lookNow() });
  const leaveStorage = daemon.bus.subscribe(onStorage);
  const situation = (): Situation => ({
    settings: gate.read().notifications,
    now: new Date(clock.now()),
    pausedUntil: pause.until(),
    isInFront: popup.isFocused() || window.isFocused(),
  });

  /** What is settled meanwhile has no card any more. */
  const showWaiting = (id: string | null) => {
    if (gate.read().waiting.length === 0) return window.open({ place: "inbox" });
    popup.open(id);
  };
  const answers = createAnswers(daemon.routes, log, showWaiting);
  const notifier = createNotifier({
    backend: chooseBackend({
      platform: process.platform,
      environment: process.env,
      icon: noticeIcon(places.icon),
      iconPath: places.iconForOthers,
      appId: deps.appId,
      onAction: createNoticeReaction({ answers, waiting: () => gate.read().waiting, showWaiting, window }),
      log,
    }),
    situation,
    isPopupUp: () => popup.isUp(),
    clock,
  });
  const onFocus = () => notifier.seen();
  app.on("browser-window-focus", onFocus);

  const announcing = createAnnouncing({
    isAtInbox: () => window.isAtInbox(),
    announce(item) {
      popup.asked(item, comesUp(item) && mayShowPopup(situation()));
      notifier.asked(item);
    },
    remind: (item) => notifier.asked(item),
  });
  // Whoever asked while the desktop came up has not been announced yet.
  gate.read().waiting.forEach((item) => announcing.asked(item));
  gate.listen({
    asked: (item) => announcing.asked(item),
    settled(item, undoableUntil) {
      announcing.settled(item);
      popup.settled(item, undoableUntil);
      notifier.settled(item);
    },
    runEnded: (run) => notifier.runEnded(run),
    loosened: (what) => notifier.loosened(what),
    changed: () => tray.changed(),
  });
  tray.follow(() => ({
    waiting: gate.read().waiting,
    activeRuns: gate.read().activeRuns,
    trouble: trouble.current(),
    pausedUntil: shortTime(pause.until()),
  }));

  const acts: { readonly [T in TrayAct["type"]]: (act: Extract<TrayAct, { type: T }>) => void } = {
    decide: ({ id, decision }) => answers.decide(id, decision, "tray"),
    answer: ({ id, answer }) => answers.answer(id, answer, "tray"),
    decline: ({ id }) => answers.decline(id, "tray"),
    show: ({ id }) => showWaiting(id),
    open_inbox: () => window.open({ place: "inbox" }),
    open_window: () => window.open(),
    open_diagnostics: () => window.open({ place: "diagnostics" }),
    new_run: () => window.open({ place: "new_run" }),
    pause: () => pause.begin(),
    resume: () => pause.end(),
    quit: () => deps.quit(),
  };

  return {
    window,
    act: (act) => acts[act.type](act as never),
    trayClicked: () => (gate.read().waiting.length > 0 ? showWaiting(null) : window.open()),
    async stop() {
      app.off("browser-window-focus", onFocus);
      leaveStorage();
      trouble.stop();
      gate.stop();
      await notifier.stop();
      window.stop();
      popup.stop();
      ipc.stop();
      tray.stop();
      await remembered.saved();
    },
  };
}

function shortTime(at: number | null): string | null {
  return at === null ? null : new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}
