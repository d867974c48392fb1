import { spawn } from "node:child_process";
import { readlinkSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import {
  allProcesses,
  isAlive,
  isGoneOrForeign,
  processFacts,
  procFoldersOf,
  signalProcess,
} from "./process-list.ts";
import type { ProcessFacts } from "./process-list.ts";

/** A process that left the group of its leader. */
type Stray = Pick<ProcessFacts, "pid" | "startTime">;

const POLL_MS = 20;
const hasProc = process.platform === "linux";

/**
 * A started process with everything it started. It must lead its own group (spawned `detached`).
 *
 * Members of the group are always found. On Linux also those that changed their group or session while an ancestor
 * lived, and those that still hold one of the given pipes.
 */
export interface ProcessTree {
  /** Contract: asks everything to end, kills what has not ended after `graceMs`, resolves when nothing is left. */
  end(graceMs: number): Promise<void>;
  /** Ends only what a finished leader left behind; what is about to end by itself gets the time to. */
  sweep(graceMs: number): Promise<void>;
}

export function watchProcessTree(leader: number): ProcessTree {
  if (process.platform === "win32") return windowsTree(leader);
  const pipes = hasProc ? openPipes(leader) : new Set<string>();
  const root: Stray = { pid: leader, startTime: processFacts(leader)?.startTime ?? "" };
  const strays = new Map<number, Stray>();

  const collectStrays = () => {
    if (!hasProc) return;
    const relatives = [root, ...strays.values()].filter(isAlive).map(({ pid }) => pid);
    for (const stray of findStrays(leader, relatives, pipes)) strays.set(stray.pid, stray);
  };
  const livingStrays = () => [...strays.values()].filter(isAlive);
  const signalAll = (signal: NodeJS.Signals) => {
    collectStrays();
    signalProcess(-leader, signal);
    for (const stray of livingStrays()) signalProcess(stray.pid, signal);
  };
  const isGone = () => !groupExists(leader) && livingStrays().length === 0;
  const waitUntilGone = async (ms: number) => {
    for (let waited = 0; waited < ms && !isGone(); waited += POLL_MS) await pause(POLL_MS);
    return isGone();
  };

  const end = async (graceMs: number) => {
    signalAll("SIGTERM");
    if (await waitUntilGone(graceMs)) return;
    signalAll("SIGKILL");
    await waitUntilGone(graceMs);
  };
  return {
    end,
    async sweep(graceMs) {
      collectStrays();
      if (isGone()) return;
      if (await waitUntilGone(5 * POLL_MS)) return;
      await end(graceMs);
    },
  };
}

/** Windows keeps no groups: the tree is walked from a living root, so nothing can be swept once the leader is gone. */
function windowsTree(leader: number): ProcessTree {
  return {
    end: () =>
      new Promise((resolve) => {
        const killer = spawn("taskkill", ["/PID", String(leader), "/T", "/F"], {
          windowsHide: true,
          stdio: "ignore",
        });
        killer.once("error", () => resolve());
        killer.once("exit", () => resolve());
      }),
    sweep: () => Promise.resolve(),
  };
}

function groupExists(leader: number): boolean {
  try {
    process.kill(-leader, 0);
  } catch (error) {
    if (isGoneOrForeign(error)) return false;
    throw error;
  }
  // A group of zombies answers signals too, and they wait for their parent, not for us.
  return !hasProc || allProcesses().some(({ group, hasEnded }) => group === leader && !hasEnded);
}

function findStrays(leader: number, relatives: readonly number[], pipes: ReadonlySet<string>): Stray[] {
  const processes = allProcesses();
  const family = new Set(relatives);
  for (let before = 0; before !== family.size;) {
    before = family.size;
    for (const { pid, parent, group, session } of processes) {
      if (family.has(parent) || session === leader || group === leader) family.add(pid);
    }
  }
  return processes.filter(
    ({ pid, group }) =>
      pid !== leader && pid !== process.pid && group !== leader && (family.has(pid) || holdsPipe(pid, pipes)),
  );
}

/** Names of the child's ends of its output pipes, such as `socket:[1234]`: no other process can have them by chance. */
function openPipes(pid: number): Set<string> {
  const names = [1, 2].map((descriptor) => linkOf(pid, descriptor));
  return new Set(names.filter((name) => name !== null).filter((name) => /^(socket|pipe):/.test(name)));
}

function linkOf(pid: number, descriptor: number | string): string | null {
  for (const folder of procFoldersOf(pid)) {
    try {
      return readlinkSync(`${folder}/fd/${descriptor}`);
    } catch {
      // Closed, or the thread has ended.
    }
  }
  return null;
}

function holdsPipe(pid: number, pipes: ReadonlySet<string>): boolean {
  if (pipes.size === 0) return false;
  return [1, 2].some((descriptor) => {
    const name = linkOf(pid, descriptor);
    return name !== null && pipes.has(name);
  });
}
