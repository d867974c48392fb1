import type { ChildProcess } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { captureOutput } from "./captured-output.ts";
import type { OutputLimits } from "./captured-output.ts";
import { startInGroup } from "./grouped-process.ts";
import type { StartRequest } from "./started-process.ts";
import { builtSupervisor } from "./supervisor/built.ts";
import { startSupervised } from "./supervisor/supervised-process.ts";

export interface ProcessRequest extends Omit<StartRequest, "graceMs"> {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly maxBytesPerStream: number;
  /** Where the full output goes when it is longer than that; null keeps nothing more. */
  readonly spoolDir: string | null;
  /** Default 16 MiB per stream. */
  readonly maxSpoolBytes?: number;
  /** Default `ends`. */
  readonly keep?: OutputLimits["keep"];
  /** Default 2 s. */
  readonly graceMs?: number;
  /** Null runs it without one. Default: the one that was built. */
  readonly supervisor?: string | null;
}

export interface ProcessResult {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly timedOut: boolean;
  readonly aborted: boolean;
  /** Something that it started could not be ended: what runs as another user, or hangs in the system. */
  readonly isLeft: boolean;
  readonly stdout: string;
  readonly stderr: string;
  readonly truncated: boolean;
  readonly spoolPaths: { readonly stdout: string | null; readonly stderr: string | null };
}

// Windows looks for a program in the folder it will run in first, where an agent may have put one of that name.
if (process.platform === "win32") process.env["NoDefaultCurrentDirectoryInExePath"] = "1";

const MAX_SPOOL_BYTES = 16 * 1024 * 1024;
const GRACE_MS = 2_000;
/** Output that is on its way when the last process has ended. */
const DRAIN_MS = 1_000;

/**
 * Runs a program, never through a shell.
 *
 * Contract: rejects only when it could not be started. When it resolves, the program and what it started are gone,
 * however it ended: by itself, at the timeout or because the signal aborted; `isLeft` says where that was impossible.
 */
export async function runProcess(request: ProcessRequest): Promise<ProcessResult> {
  const { signal, supervisor = builtSupervisor() } = request;
  if (signal.aborted) return notRun;
  const start: StartRequest = { ...request, graceMs: request.graceMs ?? GRACE_MS };
  const started = supervisor === null ? await startInGroup(start) : await startSupervised(supervisor, start);
  const { child } = started;
  const limits: OutputLimits = {
    maxBytes: request.maxBytesPerStream,
    keep: request.keep ?? "ends",
    spoolDir: request.spoolDir,
    maxSpoolBytes: request.maxSpoolBytes ?? MAX_SPOOL_BYTES,
  };
  const captured = Promise.all([
    captureOutput(required(child.stdout), "stdout", limits),
    captureOutput(required(child.stderr), "stderr", limits),
  ]);
  feed(child, request.input);

  let cause: "timeout" | "abort" | null = null;
  const stop = (why: "timeout" | "abort") => {
    cause ??= why;
    started.end();
  };
  const onAbort = () => stop("abort");
  const timer = setTimeout(() => stop("timeout"), request.timeoutMs);
  signal.addEventListener("abort", onAbort, { once: true });
  // The signal may have aborted while the program was being started.
  if (signal.aborted) onAbort();
  try {
    const { exitCode, signal: exitSignal, isLeft } = await started.gone;
    await Promise.race([captured, pause(DRAIN_MS, undefined, { ref: false })]);
    child.stdout?.destroy();
    child.stderr?.destroy();
    const [stdout, stderr] = await captured;
    return {
      exitCode,
      signal: exitSignal,
      timedOut: cause === "timeout",
      aborted: cause === "abort",
      isLeft,
      stdout: stdout.text,
      stderr: stderr.text,
      truncated: stdout.truncated || stderr.truncated,
      spoolPaths: { stdout: stdout.spoolPath, stderr: stderr.spoolPath },
    };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}

const notRun: ProcessResult = {
  exitCode: null,
  signal: null,
  timedOut: false,
  aborted: true,
  isLeft: false,
  stdout: "",
  stderr: "",
  truncated: false,
  spoolPaths: { stdout: null, stderr: null },
};

/** A program may end, or close its input, before it has read everything: that is its right. */
function feed(child: ChildProcess, input: string | undefined): void {
  if (input === undefined) return;
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(input);
}

function required<T>(stream: T | null): T {
  if (stream === null) throw new Error("a child process was started without its pipes");
  return stream;
}
