import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, join } from "node:path";
import { SetupFailure } from "./failure.mjs";
import { projectNode, root } from "./places.mjs";

const isWindows = process.platform === "win32";
const graceMs = 15_000;

/** An environment in which `node` and every tool are the project's own. */
export function toolEnvironment(environment = process.env) {
  const pathName = Object.keys(environment).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  const path = [join(root, "node_modules/.bin"), environment[pathName]].filter(Boolean).join(delimiter);
  return { ...environment, [pathName]: path };
}

/** The script behind a tool's command, to be run with the project's Node. */
export function toolScript(packageName, command = packageName) {
  const directory = join(root, "node_modules", packageName);
  const { bin } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
  return join(directory, typeof bin === "string" ? bin : bin[command]);
}

/** npm, as a command and its first arguments, without going through a shell where that can be avoided. */
export function npmCommand() {
  const script = process.env.npm_execpath;
  if (script?.endsWith(".js")) return { command: process.execPath, first: [script], shell: false };
  return { command: "npm", first: [], shell: isWindows };
}

/**
 * Runs a command to its end without showing its output.
 * @param {string} command
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function capture(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], ...options });
    const chunks = [];
    child.stdout?.on("data", (chunk) => chunks.push(chunk));
    child.stderr?.on("data", (chunk) => chunks.push(chunk));
    const output = () => Buffer.concat(chunks).toString("utf8");
    child.on("error", (error) => resolve({ code: 127, output: `${output()}${error.message}` }));
    child.on("close", (code) => resolve({ code: code ?? 1, output: output() }));
  });
}

/** The same, where anything but success is a failure of the set-up. */
export async function captureOrFail(command, args, { failure, advice, ...options }) {
  const { code, output } = await capture(command, args, options);
  if (code !== 0) throw new SetupFailure(failure, { advice, output });
  return output;
}

/** Runs one of the project's own scripts quietly on the project's Node. */
export function captureScript(script, args, options) {
  return captureOrFail(projectNode, [script, ...args], { env: toolEnvironment(), ...options });
}

function kill(child, signal) {
  try {
    if (isWindows) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // Already gone.
  }
}

const exitCode = (code, signal) => code ?? 128 + (constants.signals[signal] ?? 0);

/**
 * Runs a program in front: its output is ours, our signals are its signals, and nothing it started outlives it.
 * The program gets a process group of its own, so that Ctrl-C reaches it once, through us.
 * @param {string} command
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<number>} its exit code
 */
export function runInFront(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: "inherit", detached: !isWindows, ...options });
    let forcing;
    const forward = (signal) => {
      if (forcing) return kill(child, "SIGKILL");
      child.kill(signal);
      forcing = setTimeout(() => kill(child, "SIGKILL"), graceMs);
    };
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    for (const signal of signals) process.on(signal, forward);
    const settle = () => {
      clearTimeout(forcing);
      for (const signal of signals) process.off(signal, forward);
    };
    child.on("error", (error) => {
      settle();
      reject(new SetupFailure(`${command} could not be started: ${error.message}`));
    });
    child.on("close", (code, signal) => {
      settle();
      kill(child, "SIGKILL");
      resolve(exitCode(code, signal));
    });
  });
}
