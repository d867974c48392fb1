import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Target } from "./client.ts";

export interface BenchServer extends Target {
  /** From the start of the process to the first good answer of health. */
  readonly startedInMs: number;
  readonly home: string;
  readonly work: string;
  residentMegabytes(): number;
  stop(): Promise<void>;
}

/** Words of a command line; `{home}`, `{work}`, `{token}` and `{metadata}` stand for this start's own. */
export type CommandLine = readonly string[];

/** As the `daemon` script of package.json sets them. */
const HEAP_FLAGS = ["--max-semi-space-size=4", "--max-old-space-size=512"];

const DAEMON_OPTIONS = ["--home", "{home}", "--work", "{work}", "--token", "{token}"];

/** The built headless daemon. */
export const daemonCommand = (script: string): CommandLine => [
  process.execPath,
  ...HEAP_FLAGS,
  script,
  ...DAEMON_OPTIONS,
  "--metadata",
  "{metadata}",
];

/** Starts a server in a folder of its own and waits until it is healthy. It says its `base_url: ` on a line. */
export async function startServer(commandLine: CommandLine): Promise<BenchServer> {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-bench-"));
  const places: Readonly<Record<string, string>> = {
    "{home}": join(folder, "home"),
    "{work}": mkdtempSync(join(folder, "work-")),
    "{token}": "bench-token",
    "{metadata}": join(folder, "daemon.json"),
  };
  const [command = "", ...args] = commandLine.map((word) =>
    word.replaceAll(/\{[a-z]+\}/g, (name) => places[name] ?? name),
  );
  const token = places["{token}"] ?? "";
  const began = performance.now();
  const child = spawn(command, args, {
    stdio: ["ignore", "pipe", "inherit"],
    env: { PATH: process.env["PATH"], HOME: folder, GLUE_DAEMON_TOKEN: token },
  });
  const baseUrl = await baseUrlOf(child);
  for (;;) {
    const answer = await fetch(`${baseUrl}/v1/health`).catch(() => null);
    if (answer?.ok === true) break;
  }
  const startedInMs = performance.now() - began;
  return {
    baseUrl,
    token,
    home: places["{home}"] ?? "",
    work: places["{work}"] ?? "",
    startedInMs,
    residentMegabytes() {
      const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
    },
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function baseUrlOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
    if (child.stdout === null) return reject(new Error("the server has no output"));
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.startsWith("base_url: ")) resolve(line.slice("base_url: ".length));
    });
  });
}
