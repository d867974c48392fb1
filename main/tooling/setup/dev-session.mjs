// What `npm run dev` runs once everything is in place, with the command of the app as its arguments. On the project's own Node,
// for the bundlers.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { homedir } from "node:os";
import { join } from "node:path";
import { watchSources } from "../build.mjs";
import { say } from "./progress.mjs";

const quietMs = 300;
const graceMs = 5000;

function userData() {
  if (process.platform === "darwin") return join(homedir(), "Library/Application Support");
  if (process.platform === "win32") return process.env.APPDATA ?? join(homedir(), "AppData/Roaming");
  return process.env.XDG_DATA_HOME || join(homedir(), ".local/share");
}

const home = process.env.GATEHOUSE_HOME ?? join(userData(), "gatehouse-dev");
const env = { ...process.env, GATEHOUSE_HOME: home };
const [electron, ...args] = process.argv.slice(2);

let app;
let isEnding = false;
let restarting = Promise.resolve();
let pending;

async function end(child) {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
  await gone;
  clearTimeout(timer);
}

async function restart() {
  const previous = app;
  app = undefined;
  await end(previous);
  if (isEnding) return;
  const started = spawn(electron, args, { env, stdio: "inherit" });
  app = started;
  started.on("exit", () => {
    // Nobody replaced it, so the person has quit it.
    if (app === started) process.exit(0);
  });
}

/** One save may rebuild several bundles: the app is started once for all of them. */
function restartSoon() {
  clearTimeout(pending);
  pending = setTimeout(() => {
    restarting = restarting.then(restart);
  }, quietMs);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    isEnding = true;
    clearTimeout(pending);
    void restarting.then(() => end(app)).then(() => process.exit(0));
  });
}

say(`Development home: ${home}`);
await watchSources(restartSoon);
