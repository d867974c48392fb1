import { parseArgs } from "node:util";
import { createDaemon, type Daemon } from "./compose.ts";
import { openNoDebugger } from "./kernel/no-debugger.ts";
import { resolveHome } from "./kernel/paths.ts";
import { settingsFromFlags } from "./settings-flags.ts";
import { startLines } from "./start-lines.ts";
import { version } from "./version.ts";

const USAGE = `gatehouse daemon, without a desktop

  --home DIR                where everything is kept (default: the platform's data directory)
  --listen HOST:PORT        default 127.0.0.1:0, any free port
  --token-file FILE         the token that Glue clients send; default: GLUE_DAEMON_TOKEN, else a new one
  --token TOKEN             the same, where every program on this machine can read it
  --metadata PATH           connection file for Glue clients; "" writes none
  --settings FILE           default: settings.json in the home
  --work DIR                where tools work (default: the current folder)
  --permission-timeout 10m  how long a request waits; 0 waits as long as it takes
`;

const OPTIONS = {
  home: { type: "string" },
  listen: { type: "string", default: "127.0.0.1:0" },
  token: { type: "string" },
  "token-file": { type: "string" },
  metadata: { type: "string" },
  settings: { type: "string" },
  work: { type: "string" },
  "permission-timeout": { type: "string" },
  help: { type: "boolean", default: false },
} as const;

async function main(): Promise<void> {
  openNoDebugger();
  const { values } = parseArgs({ options: OPTIONS, strict: true, allowPositionals: false });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  let daemon: Daemon | null = null;
  let stopping: Promise<void> | null = null;
  let isAskedToStop = false;
  const stop = () => {
    isAskedToStop = true;
    stopping ??=
      daemon?.stop().then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      ) ?? null;
  };
  process.on("uncaughtException", (error) => {
    // The state of the gate is unknown, so it is not kept open. What has been written to find it goes with the process.
    daemon?.report("process", error);
    fail(error);
  });
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  daemon = await createDaemon({
    name: "gatehouse",
    version,
    home: resolveHome(values.home, process.env),
    listen: values.listen,
    token: values.token,
    tokenFile: values["token-file"],
    metadataPath: values.metadata,
    settingsPath: values.settings,
    defaultWorkspace: values.work ?? process.cwd(),
    overrides: settingsFromFlags({ work: values.work, permissionTimeout: values["permission-timeout"] }),
  });
  const { report } = daemon;
  process.on("unhandledRejection", (error) => report("process", error));
  // What it has written by then it also removes.
  if (isAskedToStop) return stop();
  if (daemon.warning !== null) process.stderr.write(`gatehouse: ${daemon.warning}\n`);
  process.stdout.write(startLines(daemon.address));
}

function fail(error: unknown): never {
  process.stderr.write(`gatehouse: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);
