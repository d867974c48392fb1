import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { SetupFailure } from "./failure.mjs";
import { fallbackElectron, hasFallback } from "./fallback-electron.mjs";
import { cacheDirectory, projectNode, root } from "./places.mjs";
import { say, step } from "./progress.mjs";

const packageDirectory = join(root, "node_modules/electron");
const stallMs = 20_000;
const dayMs = 24 * 60 * 60 * 1000;

const executableNames = { darwin: "Electron.app/Contents/MacOS/Electron", win32: "electron.exe" };
const executableName = executableNames[process.platform] ?? "electron";

const readText = (file) =>
  existsSync(file) ? readFileSync(file, "utf8").trim().replace(/^v/, "") : undefined;

/**
 * @typedef {object} Runtime
 * @property {string} executable
 * @property {string} directory what electron-builder calls electronDist
 * @property {string} version
 * @property {"yours" | "official" | "fallback"} source
 */

/** @returns {Runtime} */
const runtimeIn = (directory, version, source) => ({
  executable: join(directory, executableName),
  directory,
  version,
  source,
});

function ownRuntime() {
  const directory = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!directory) return undefined;
  const runtime = runtimeIn(directory, readText(join(directory, "version")) ?? declaredVersion(), "yours");
  if (existsSync(runtime.executable)) return runtime;
  throw new SetupFailure(`ELECTRON_OVERRIDE_DIST_PATH is set, but there is no ${runtime.executable}.`);
}

const declaredVersion = () =>
  JSON.parse(readFileSync(join(packageDirectory, "package.json"), "utf8")).version;

function downloadedRuntime() {
  const runtime = runtimeIn(join(packageDirectory, "dist"), declaredVersion(), "official");
  const isComplete = existsSync(join(packageDirectory, "path.txt")) && existsSync(runtime.executable);
  return isComplete && readText(join(runtime.directory, "version")) === runtime.version ? runtime : undefined;
}

function bytesBelow(folder) {
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true, recursive: true }) : [];
  const sizes = entries.map(
    (entry) =>
      statSync(join(entry.parentPath ?? entry.path, entry.name), { throwIfNoEntry: false })?.size ?? 0,
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Electron's own installer waits for minutes where nothing answers; this one gives up when no bytes arrive, however slow the line. */
async function download() {
  const temporary = await mkdtemp(join(tmpdir(), "gatehouse-electron-"));
  const env = { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary };
  const child = spawn(projectNode, [join(packageDirectory, "install.js")], {
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let output = "";
  child.stderr.on("data", (chunk) => (output += chunk));
  let arrived = 0;
  let lastArrival = Date.now();
  const watch = setInterval(() => {
    const now = bytesBelow(temporary) + bytesBelow(join(packageDirectory, "dist"));
    if (now !== arrived) lastArrival = Date.now();
    arrived = now;
    if (Date.now() - lastArrival > stallMs) child.kill("SIGKILL");
  }, 1000);
  const code = await new Promise((resolve) => child.on("close", resolve).on("error", () => resolve(1)));
  clearInterval(watch);
  rmSync(temporary, { recursive: true, force: true });
  return { ok: code === 0 && downloadedRuntime() !== undefined, output };
}

// Remembered, so that only one start a day has to find out again.
const failureFile = () => join(cacheDirectory, `electron-${declaredVersion()}-not-available`);
const failedToday = () =>
  Date.now() - (statSync(failureFile(), { throwIfNoEntry: false })?.mtimeMs ?? 0) < dayMs;

function rememberFailure() {
  mkdirSync(dirname(failureFile()), { recursive: true });
  writeFileSync(
    failureFile(),
    "The download did not work on this day. Delete this file to have it tried again.\n",
  );
}

async function fallbackRuntime() {
  const { directory, version } = await fallbackElectron();
  say(
    `Electron ${declaredVersion()} could not be downloaded; running on Electron ${version} from a package instead ` +
      `(for development and tests only; tried again tomorrow).`,
  );
  return runtimeIn(directory, version, "fallback");
}

/**
 * The Electron to run on: yours, the declared one, or the stand-in where that cannot be downloaded.
 * @returns {Promise<Runtime>}
 */
export async function electronRuntime() {
  const present = ownRuntime() ?? downloadedRuntime();
  if (present) return present;
  if (hasFallback && failedToday()) return fallbackRuntime();
  const { ok, output } = await step(`Downloading Electron ${declaredVersion()}`, download);
  const downloaded = ok ? downloadedRuntime() : undefined;
  if (downloaded) return downloaded;
  if (!hasFallback) {
    throw new SetupFailure(`Electron ${declaredVersion()} could not be downloaded.`, {
      output,
      advice: "Check the network, or set ELECTRON_OVERRIDE_DIST_PATH to a directory that holds an Electron.",
    });
  }
  const runtime = await fallbackRuntime();
  rememberFailure();
  return runtime;
}
