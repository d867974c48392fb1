import { readFileSync, readlinkSync, statSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import {
  allProcesses,
  allProcessIds,
  isAlive,
  processFacts,
  procFoldersOf,
  signalProcess,
} from "../process-list.ts";
import type { ProcessFacts } from "../process-list.ts";
import { randomHex } from "../random-id.ts";

/**
 * Every process of a call has this variable, and so have those it starts. It finds what is left of a call whose
 * supervisor was killed, and of a daemon that was killed with all its supervisors.
 */
export const CALL_VARIABLE = "GATEHOUSE_CALL";

const hasProc = process.platform === "linux";
const AGAIN_MS = 5;
const MAX_MS = 3_000;

/** `<process namespace>.<daemon>.<its start time>.<random>`: says whose call it is, and is no other's. */
export function newCall(): string {
  daemon ??= daemonName();
  return `${daemon}.${randomHex()}`;
}

let daemon: string | null = null;

function daemonName(): string {
  const facts = hasProc ? processFacts("self") : null;
  return [hasProc ? namespaceOf() : "", facts?.pid ?? process.pid, facts?.startTime ?? ""].join(".");
}

/** Numbers of processes mean something only within theirs. */
function namespaceOf(): string {
  return /\d+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0] ?? "";
}

/** Contract: kills what is left of a call, with all that descends from it; false if something could not be killed. */
export const endCall = (call: string): Promise<boolean> => killAll((mark) => mark === call);

/** Kills what daemons left that were killed themselves. */
export function endLeftovers(): Promise<boolean> {
  if (!hasProc) return Promise.resolve(true);
  const own = namespaceOf();
  return killAll((mark) => {
    const [namespace, pid, startTime = ""] = mark.split(".");
    return namespace === own && startTime !== "" && !isAlive({ pid: Number(pid), startTime });
  });
}

async function killAll(isWanted: (call: string) => boolean): Promise<boolean> {
  if (!hasProc) return true;
  for (let waited = 0; waited < MAX_MS; waited += AGAIN_MS) {
    const found = marked(isWanted);
    if (found.length === 0) return true;
    for (const { pid } of found) signalProcess(pid, "SIGKILL");
    await pause(AGAIN_MS);
  }
  return false;
}

function marked(isWanted: (call: string) => boolean): ProcessFacts[] {
  const family = new Set<number>();
  for (const pid of allProcessIds()) {
    const call = pid === process.pid ? null : callOf(pid);
    if (call !== null && isWanted(call)) family.add(pid);
  }
  // So it is at nearly every start, and then the rest of /proc need not be read.
  if (family.size === 0) return [];
  const processes = allProcesses().filter(({ hasEnded, pid }) => !hasEnded && pid !== process.pid);
  // What has rid itself of the mark still has its parent.
  for (let before = 0; before !== family.size;) {
    before = family.size;
    for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid);
  }
  return processes.filter(({ pid }) => family.has(pid));
}

/** All threads have the same, and one that has ended has none. */
function environmentOf(pid: number): string {
  for (const folder of procFoldersOf(pid)) {
    try {
      const environment = readFileSync(`${folder}/environ`, "latin1");
      if (environment !== "") return environment;
    } catch {
      // What a thread had has gone with it.
    }
  }
  return "";
}

/** Only of own processes: for root, too, another user's are none of its business. */
function callOf(pid: number): string | null {
  try {
    if (statSync(`/proc/${pid}`).uid !== process.getuid?.()) return null;
    const environment = `\0${environmentOf(pid)}`;
    const start = environment.indexOf(`\0${CALL_VARIABLE}=`);
    if (start < 0) return null;
    return environment.slice(start + CALL_VARIABLE.length + 2, environment.indexOf("\0", start + 1));
  } catch {
    return null;
  }
}
