import { readFileSync, readdirSync } from "node:fs";

/** A process of this machine, on Linux. The start time tells it from a later one with the same number. */
export interface ProcessFacts {
  readonly pid: number;
  /** It waits for its parent, and nothing of it runs. */
  readonly hasEnded: boolean;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  readonly startTime: string;
}

/** Null: there is none of that number. */
export function processFacts(pid: number | "self"): ProcessFacts | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    // Fields after the name in parentheses, which may itself hold blanks and parentheses: see proc(5).
    const [state = "", parent, group, session, ...rest] = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return {
      pid: Number.parseInt(text, 10),
      // One whose first thread has ended shows as a zombie, too, while others of it go on.
      hasEnded: state === "Z" && Number(rest[13]) <= 1,
      parent: Number(parent),
      group: Number(group),
      session: Number(session),
      startTime: rest[15] ?? "",
    };
  } catch {
    return null;
  }
}

export const allProcessIds = (): number[] =>
  readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));

export const allProcesses = (): ProcessFacts[] => allProcessIds().flatMap((pid) => processFacts(pid) ?? []);

export function isAlive({ pid, startTime }: Pick<ProcessFacts, "pid" | "startTime">): boolean {
  const now = processFacts(pid);
  return now !== null && now.startTime === startTime && !now.hasEnded;
}

/** Where /proc keeps what a process has, for one whose first thread has ended too: that has nothing any more. */
export function* procFoldersOf(pid: number): Generator<string> {
  yield `/proc/${pid}`;
  for (const thread of threadsOf(pid)) {
    if (thread !== String(pid)) yield `/proc/${pid}/task/${thread}`;
  }
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** What is gone, or another user's, gets no signal. */
export function signalProcess(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch (error) {
    if (!isGoneOrForeign(error)) throw error;
  }
}

export function isGoneOrForeign(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === "ESRCH" || code === "EPERM";
}
