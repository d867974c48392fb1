import { join } from "node:path";
import { app, dialog } from "electron";
import { createDaemon, type Daemon } from "./compose.ts";
import { createAutolaunch, QUIET_START_FLAG } from "./desktop/autolaunch.ts";
import { handleCrashes } from "./desktop/crash.ts";
import { preferX11 } from "./desktop/display-server.ts";
import { parseFlags } from "./desktop/flags.ts";
import { createKeychain } from "./desktop/keychain.ts";
import { setApplicationMenu } from "./desktop/menu.ts";
import { createNotificationCheck } from "./desktop/notifier/check.ts";
import { declareScheme } from "./desktop/pages/serve.ts";
import { builtPlaces } from "./desktop/places.ts";
import { handleQuitting } from "./desktop/quitting.ts";
import { createRemembered } from "./desktop/remembered.ts";
import { startDesktop, type Desktop } from "./desktop/start.ts";
import { createTray } from "./desktop/tray/tray.ts";
import { systemClock } from "./kernel/clock.ts";
import { createLog } from "./kernel/log.ts";
import { prepareHome, resolveHome } from "./kernel/paths.ts";
import { settingsFromFlags } from "./settings-flags.ts";
import { startLines } from "./start-lines.ts";
import { version } from "./version.ts";

const APP_ID = "dev.gatehouse.app";

const flags = parseFlags(process.argv.slice(1));
const paths = prepareHome(resolveHome(flags.home, process.env));

app.setName("Gatehouse");
app.setAppUserModelId(APP_ID);
// One instance per home: Chromium keeps its lock there.
app.setPath("userData", join(paths.home, "desktop"));
let daemon: Daemon | null = null;
handleCrashes({ logs: paths.logs, version, shut: () => void daemon?.stop() });
preferX11(process.env);
declareScheme();

if (app.requestSingleInstanceLock()) {
  start().catch((error: unknown) => fail(error));
} else {
  app.exit(0);
}

async function start(): Promise<void> {
  let desktop: Desktop | null = null;
  let isWindowWanted = !flags.hidden;
  const showWindow = () => {
    isWindowWanted = true;
    desktop?.window.open();
  };
  app.on("second-instance", showWindow);
  // Comes with every start on macOS, also one that is to stay quiet.
  app.on("activate", () => desktop?.window.open());

  await app.whenReady();
  app.dock?.hide();
  setApplicationMenu((step) => desktop?.window.zoom(step));
  const places = builtPlaces(import.meta.dirname);
  const log = createLog(paths.log);
  const tray = createTray({
    resources: places.resources,
    act: (act) => desktop?.act(act),
    click: () => desktop?.trayClicked(),
  });
  log.info({ ms: Math.round(performance.now()) }, "tray ready");

  let leave = async () => app.exit(0);
  const running = await createDaemon({
    name: "gatehouse",
    version,
    home: paths.home,
    listen: flags.listen,
    token: flags.token,
    tokenFile: flags.tokenFile,
    metadataPath: flags.metadata,
    settingsPath: flags.settings,
    defaultWorkspace: flags.work ?? join(paths.home, "workspace"),
    overrides: settingsFromFlags(flags),
    hasDesktop: true,
    secrets: createKeychain(),
    restart() {
      app.relaunch();
      // The answer to whoever asked for it goes out first.
      setTimeout(() => void leave(), 200);
    },
    moreChecks: [createNotificationCheck(process.platform, process.env)],
  });
  daemon = running;
  process.on("unhandledRejection", (error) => running.report("process", error));
  if (running.warning !== null) process.stderr.write(`gatehouse: ${running.warning}\n`);
  process.stdout.write(startLines(running.address));

  leave = handleQuitting({
    activeRunCount: () => running.activeRunCount(),
    window: () => desktop?.window.current() ?? null,
    async stop() {
      await running.stop();
      await desktop?.stop();
    },
  });
  const remembered = createRemembered(join(paths.home, "desktop.json"), log);
  desktop = await startDesktop({
    daemon: running,
    tray,
    places,
    remembered,
    autolaunch: createAutolaunch({
      arguments: [...(app.isPackaged ? [] : [app.getAppPath()]), "--home", paths.home, QUIET_START_FLAG],
      environment: keptEnvironment(),
    }),
    appId: APP_ID,
    clock: systemClock,
    log,
    isDevelopment: !app.isPackaged,
    quit: () => app.quit(),
  });
  if (isWindowWanted || !remembered.read().firstRunDone) desktop.window.open();
}

/** Settings of the start that a start at login needs as well. */
function keptEnvironment(): Record<string, string> {
  const binding = process.env["GATEHOUSE_SQLITE_BINDING"];
  return binding === undefined ? {} : { GATEHOUSE_SQLITE_BINDING: binding };
}

function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`gatehouse: ${message}\n`);
  dialog.showErrorBox("Gatehouse could not start", message);
  app.exit(1);
}
