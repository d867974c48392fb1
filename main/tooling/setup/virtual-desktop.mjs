import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { SetupFailure } from "./failure.mjs";

const patienceMs = 10_000;

/** Whether a program with windows has nowhere to show them. */
export const needsVirtualDesktop = () =>
  process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;

// Killed along with us even when we have no time left to see to it.
const leash = existsSync("/usr/bin/setpriv") ? ["setpriv", "--pdeathsig", "TERM", "--"] : [];

function startServer(command, args, env) {
  const [program, ...rest] = [...leash, command, ...args];
  // A group of its own: what the bus starts goes with it, and Ctrl-C does not end it before the app.
  const child = spawn(program, rest, { env, detached: true, stdio: ["ignore", "ignore", "ignore", "pipe"] });
  return { child, firstLine: firstLine(command, child) };
}

async function firstLine(command, child) {
  const timer = setTimeout(() => child.kill(), patienceMs);
  let text = "";
  child.stdio[3].on("data", (chunk) => (text += chunk));
  child.on("error", () => child.stdio[3].destroy());
  while (!text.includes("\n")) {
    const ended = await Promise.race([
      once(child.stdio[3], "data").then(() => false),
      once(child.stdio[3], "close").then(() => true),
    ]);
    if (ended) throw new SetupFailure(`The virtual desktop could not be started: ${command} did not answer.`);
  }
  clearTimeout(timer);
  return text.trim();
}

async function stop({ child }) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  try {
    process.kill(-child.pid, "SIGTERM");
  } catch {
    child.kill();
  }
  const timer = setTimeout(() => process.kill(-child.pid, "SIGKILL"), 2000);
  await gone;
  clearTimeout(timer);
}

/** What spares Chromium its search for a graphics card, and us what it says about there being none. */
export const virtualDesktopFlags = ["--disable-gpu"];

/**
 * Gives a display and a session bus that nobody sees, for as long as the body takes.
 * @template T
 * @param {(environment: Record<string, string>) => Promise<T>} body
 * @returns {Promise<T>}
 */
export async function withVirtualDesktop(body) {
  const servers = [];
  const start = async (command, args, env) => {
    const server = startServer(command, args, env);
    servers.push(server);
    return server.firstLine;
  };
  try {
    const display = await start(
      "Xvfb",
      ["-displayfd", "3", "-screen", "0", "1440x900x24", "-nolisten", "tcp"],
      process.env,
    );
    const onDisplay = { DISPLAY: `:${display}` };
    // Programs that the bus starts, such as a notification server, need the display too.
    const bus = await start("dbus-daemon", ["--session", "--nofork", "--nopidfile", "--print-address=3"], {
      ...process.env,
      ...onDisplay,
    });
    // Without a system bus Chromium complains at every look; the private one just has nothing of what it asks for.
    return await body({ ...onDisplay, DBUS_SESSION_BUS_ADDRESS: bus, DBUS_SYSTEM_BUS_ADDRESS: bus });
  } finally {
    for (const server of servers.toReversed()) await stop(server);
  }
}
