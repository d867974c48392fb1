import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { watchProcessTree } from "./process-tree.ts";
import { identityOf } from "./program-file.ts";
import type { FileAsFound } from "./program-file.ts";
import { ChangedBeforeStart } from "./started-process.ts";
import type { HowItEnded, Judged, StartRequest, StartedProcess } from "./started-process.ts";
import { CALL_VARIABLE, endCall, newCall } from "./supervisor/call-marker.ts";

/**
 * Starts a program as the leader of a process group, where there is no supervisor. What left the group and forgot its
 * parent is found by its mark on Linux, and nowhere else; nothing ends it if we are killed.
 */
export async function startInGroup(request: StartRequest): Promise<StartedProcess> {
  const { file, args, env, graceMs, judged = {} } = request;
  const call = newCall();
  expectUnchanged(judged);
  const child = spawn(file, [...args], {
    cwd: placeOf(request),
    env: process.platform === "linux" ? { ...env, [CALL_VARIABLE]: call } : { ...env },
    detached: process.platform !== "win32",
    windowsHide: true,
    stdio: [request.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  });
  const tree = child.pid === undefined ? null : watchProcessTree(child.pid);
  const exited = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  if (tree === null) {
    await exited;
    throw new Error(`${file} could not be started`);
  }
  let ending: Promise<void> | null = null;
  const gone = async (): Promise<HowItEnded> => {
    const [exitCode, signal] = await exited;
    await (ending ?? tree.sweep(graceMs));
    const isLeft = !(await endCall(call));
    return { exitCode, signal, isLeft };
  };
  return {
    child,
    gone: gone(),
    end: () => void (ending ??= tree.end(graceMs)),
  };
}

/** A child looks its folder up by itself, and on Linux an open one has a name there. */
const placeOf = ({ cwd, judged }: StartRequest): string =>
  judged?.folder === undefined || process.platform !== "linux" ? cwd : `/proc/self/fd/${judged.folder}`;

function expectUnchanged({ program, files = [] }: Judged): void {
  if (program !== undefined && !isAsFound(program)) throw new ChangedBeforeStart("program");
  if (!files.every(isAsFound)) throw new ChangedBeforeStart("file");
}

function isAsFound({ path, identity }: FileAsFound): boolean {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found !== undefined && identityOf(found) === identity;
}
