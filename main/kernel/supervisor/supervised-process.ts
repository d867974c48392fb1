import { spawn } from "node:child_process";
import { closeSync, constants as fileFlags, openSync } from "node:fs";
import { once } from "node:events";
import { constants } from "node:os";
import type { Duplex } from "node:stream";
import { getSystemErrorName } from "node:util";
import { findProgram } from "../program-file.ts";
import { ChangedBeforeStart } from "../started-process.ts";
import type { HowItEnded, Judged, StartRequest, StartedProcess } from "../started-process.ts";
import { CALL_VARIABLE, endCall, newCall } from "./call-marker.ts";

/** The supervisor answers sooner, unless it is stopped or hangs. */
const SLOW_MS = 2_000;
const END = "E";
/** Where the folder is among the descriptors that the supervisor gets. */
const FOLDER = "4";

/** Starts a program below the supervisor, which ends all that descends from it: at its end, on request, and if we die. */
export async function startSupervised(supervisor: string, request: StartRequest): Promise<StartedProcess> {
  const { file, args, env, graceMs, judged = {} } = request;
  const program = judged.program ?? findProgram(file, env["PATH"] ?? "");
  if (program === null) throw systemError("ENOENT", file);
  const files = (judged.files ?? []).flatMap(({ path, identity }) => [path, identity]);
  const call = newCall();
  const ownFolder = judged.folder === undefined ? openFolder(request.cwd) : null;
  const child = spawn(
    supervisor,
    [
      String(graceMs),
      FOLDER,
      program.path,
      program.identity,
      copyOf(judged),
      String(files.length / 2),
      ...files,
      file,
      ...args,
    ],
    {
      cwd: "/",
      env: { ...env, [CALL_VARIABLE]: call },
      detached: true,
      stdio: [
        request.input === undefined ? "ignore" : "pipe",
        "pipe",
        "pipe",
        "pipe",
        judged.folder ?? ownFolder ?? "ignore",
      ],
    },
  );
  if (ownFolder !== null) closeSync(ownFolder);
  const exited = once(child, "exit") as Promise<[number | null]>;
  if (child.pid === undefined) {
    await exited;
    throw new Error("the supervisor could not be started");
  }
  const control = child.stdio[3] as Duplex;
  // It may have ended before it has read everything.
  control.on("error", () => undefined);
  if (judged.copy !== undefined) control.write(judged.copy.content);

  let overdue: NodeJS.Timeout | undefined;
  const gone = async (): Promise<HowItEnded> => {
    const [report, [code]] = await Promise.all([textOf(control), exited]);
    clearTimeout(overdue);
    const ended = readReport(report, file);
    if (ended === null && code !== null) throw new Error(`the supervisor gave up with ${code}`);
    if (ended !== null && !ended.isLeft) return ended;
    const isAllGone = await endCall(call);
    return ended ?? { exitCode: null, signal: "SIGKILL", isLeft: !isAllGone };
  };
  return {
    child,
    gone: gone(),
    end() {
      control.write(END);
      overdue ??= setTimeout(() => void endCall(call), graceMs + SLOW_MS);
    },
  };
}

function openFolder(path: string): number {
  return openSync(path, fileFlags.O_RDONLY | fileFlags.O_DIRECTORY);
}

/** The name of the command is its first word. */
const copyOf = ({ copy }: Judged): string =>
  copy === undefined ? "-" : `${copy.argument + 1}:${copy.content.length}`;

async function textOf(stream: Duplex): Promise<string> {
  let text = "";
  stream.setEncoding("utf8").on("data", (part: string) => (text += part));
  await new Promise((resolve) => stream.once("close", resolve));
  return text;
}

/** Null: it was killed before it could report. */
function readReport(report: string, file: string): HowItEnded | null {
  const [, kind, what = "", number = ""] = /^(\w) (\w+)(?: (\w+))?/.exec(report) ?? [];
  const isLeft = / left$/m.test(report);
  if (kind === "e") return { exitCode: Number(what), signal: null, isLeft };
  if (kind === "s") return { exitCode: null, signal: signalName(Number(what)), isLeft };
  if (kind === "c") throw new ChangedBeforeStart(what);
  if (kind === "f") throw systemError(getSystemErrorName(-Number(number)), file);
  return null;
}

function signalName(number: number): NodeJS.Signals {
  const found = Object.entries(constants.signals).find(([, value]) => value === number);
  return (found?.[0] ?? "SIGKILL") as NodeJS.Signals;
}

function systemError(code: string, file: string): Error {
  return Object.assign(new Error(`${file} could not be started: ${code}`), { code });
}
