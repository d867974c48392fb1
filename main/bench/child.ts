import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Target } from "./client.ts";

export interface BenchDaemon extends Target {
  /** From the start of the process to the first good answer of health. */
  readonly startedInMs: number;
  readonly home: string;
  residentMegabytes(): number;
  stop(): Promise<void>;
}

/** As the `daemon` script of package.json sets them: rather collect more often than keep garbage around. */
const HEAP_FLAGS = ["--max-semi-space-size=2", "--max-old-space-size=512"];

/** Starts the built headless daemon in a home of its own. */
export async function startDaemon(script: string): Promise<BenchDaemon> {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-bench-"));
  const home = join(folder, "home");
  const work = join(folder, "work");
  const token = "bench-token";
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [
      ...HEAP_FLAGS,
      script,
      "--home",
      home,
      "--work",
      work,
      "--token",
      token,
      "--metadata",
      join(folder, "daemon.json"),
    ],
    { stdio: ["ignore", "pipe", "inherit"], env: { PATH: process.env["PATH"], HOME: folder } },
  );
  const baseUrl = await baseUrlOf(child);
  for (;;) {
    const answer = await fetch(`${baseUrl}/v1/health`).catch(() => null);
    if (answer?.ok === true) break;
  }
  const startedInMs = performance.now() - began;
  return {
    baseUrl,
    token,
    home,
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
    child.once("exit", (code) => reject(new Error(`the daemon ended with ${code}`)));
    if (child.stdout === null) return reject(new Error("the daemon has no output"));
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.startsWith("base_url: ")) resolve(line.slice("base_url: ".length));
    });
  });
}
