import { fstatSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { findProgram, identityOf } from "../../../../kernel/program-file.ts";
import type { FileAsFound } from "../../../../kernel/program-file.ts";
import type { Judged } from "../../../../kernel/started-process.ts";
import type { BoundScript, Subject } from "../../../inspection/contract.ts";
import { sha256 } from "../../../inspection/digest.ts";
import { programsOf } from "../../../inspection/inspect-command.ts";
import { scriptsOf } from "../../../inspection/inspect.ts";
import { linesOf } from "../../../inspection/reach/package-scripts.ts";
import type { Environment } from "./child-environment.ts";
import { childEnvironment } from "./child-environment.ts";
import type { CommandCall } from "./execution.ts";
import { ToolFailure, asFailure, quoted } from "./failure.ts";
import { openDirectory } from "./files/anchored-directory.ts";
import { locate } from "./files/locate.ts";
import type { Location } from "./files/locate.ts";
import { readWhole } from "./files/read.ts";
import { runsFromCopy } from "./script-copy.ts";

const MAX_SCRIPT_BYTES = 16 * 1024 * 1024;

/** Where a command runs and what its programs are. It holds the folder, which stays this one whatever its name leads to. */
interface Place {
  /** As words, to be compared: another folder, or another file in a program's place, has others. */
  readonly state: string;
  readonly real: string;
  readonly judged: Judged;
  close(): void;
}

/** Contract: throws ToolFailure where there is no such folder. */
export function openPlace({ argv, dir }: CommandCall, workspace: string, environment: Environment): Place {
  const { kind, real } = locate(workspace, dir);
  if (kind !== "directory") throw new ToolFailure(`${quoted(dir)} is not a directory`);
  const folder = opened(real, dir);
  const { PATH = "" } = childEnvironment(environment, workspace);
  // Windows looks programs up by rules of its own.
  const programs =
    process.platform === "win32" ? [] : programsOf(argv).map((name) => findProgram(name, PATH));
  const [program = null, ...inner] = programs;
  return {
    real,
    state: [real, folder.identity, ...programs.map(wordsFor)].join("\n"),
    judged: {
      ...(folder.descriptor === null ? {} : { folder: folder.descriptor }),
      ...(program === null ? {} : { program }),
      files: inner.filter((file) => file !== null),
    },
    close: folder.close,
  };
}

const wordsFor = (file: FileAsFound | null): string => (file === null ? "" : `${file.path} ${file.identity}`);

function opened(real: string, asked: string) {
  try {
    const { descriptor, close } = openDirectory(real);
    const { dev, ino } = descriptor === null ? statSync(real) : fstatSync(descriptor);
    return { descriptor, close, identity: `${dev}:${ino}` };
  } catch (error) {
    throw asFailure(error, asked);
  }
}

export const changedSinceJudged = (cause?: unknown): ToolFailure =>
  new ToolFailure(
    "not run: the command, or what it acts on, changed after it was allowed; look again, then ask anew",
    { cause },
  );

/** The place and the scripts that were judged, or a failure: there is nothing between this look and the start. */
export async function openJudged(
  call: CommandCall,
  workspace: string,
  environment: Environment,
  subject: Subject | undefined,
): Promise<Place> {
  const place = openPlace(call, workspace, environment);
  try {
    if (subject === undefined) return place;
    if (subject.state !== place.state) throw changedSinceJudged();
    return { ...place, judged: await withScripts(place, call, workspace, subject) };
  } catch (error) {
    place.close();
    throw error;
  }
}

async function withScripts(
  place: Place,
  call: CommandCall,
  workspace: string,
  subject: Subject,
): Promise<Judged> {
  const { judged, real } = place;
  const files = [...(judged.files ?? [])];
  const words = scriptsOf({ kind: "program", argv: call.argv, folder: call.dir, input: call.stdin });
  const bound = new Set(subject.execution?.scripts.map(({ path }) => path));
  for (const word of words) await expectUnbound(word, call, real, workspace, bound);
  let copy: Judged["copy"];
  for (const script of subject.execution?.scripts ?? []) {
    const { content, ...file } = await readUnchanged(script.path, workspace);
    if (digestOf(script, content) !== script.digest) throw changedSinceJudged();
    const argument = words.length === 1 ? placeOfScript(call, words[0] ?? "", real, file.path) : null;
    const isCopied =
      argument !== null &&
      runsFromCopy(subject.execution?.program ?? "", content.toString("latin1"), dirname(file.path));
    if (isCopied) copy = { argument, content };
    else files.push(file);
  }
  return { ...judged, files, ...(copy === undefined ? {} : { copy }) };
}

/** Of the file, or of the line in package.json that is bound. */
function digestOf({ script }: BoundScript, content: Buffer): string | null {
  if (script === undefined) return sha256(content);
  const line = linesOf(content.toString("utf8"), script)?.get(script);
  return line === undefined ? null : sha256(line);
}

/** A script that could not be bound when it was judged must not be there by now: nobody has seen what it says. */
async function expectUnbound(
  word: string,
  call: CommandCall,
  folder: string,
  workspace: string,
  bound: ReadonlySet<string>,
): Promise<void> {
  const location = located(resolve(folder, word), workspace);
  if (location === null || bound.has(location.path)) return;
  const isNamed = call.argv.includes(word);
  // It may come into being while its interpreter starts. Text for a shell may write it before it runs it.
  if (location.kind === "absent" && isNamed) throw new ToolFailure(`${quoted(word)} does not exist`);
  if (location.kind === "file" && (await isReadable(location))) throw changedSinceJudged();
}

function located(path: string, workspace: string): Location | null {
  try {
    return locate(workspace, path);
  } catch (error) {
    if (error instanceof ToolFailure) return null;
    throw error;
  }
}

async function isReadable(location: Location): Promise<boolean> {
  try {
    await readWhole(location, MAX_SCRIPT_BYTES);
    return true;
  } catch (error) {
    if (error instanceof ToolFailure) return false;
    throw error;
  }
}

/** They pass on what is open; `sudo`, for one, does not. */
const openHanded = new Set(["env", "timeout", "nice"]);

/** Which argument names the script; null if that is not certain, or if a copy would not get to its interpreter. */
function placeOfScript({ argv }: CommandCall, word: string, folder: string, path: string): number | null {
  const wrappers = programsOf(argv).slice(0, -1);
  if (!wrappers.every((name) => openHanded.has(name))) return null;
  const at = argv.indexOf(word);
  if (at < 1 || argv.lastIndexOf(word) !== at || resolve(folder, word) !== path) return null;
  return at - 1;
}

/** A file whose content is read while nothing about it changes. */
async function readUnchanged(path: string, workspace: string): Promise<FileAsFound & { content: Buffer }> {
  const location = locate(workspace, join(workspace, path));
  const before = identityAt(location.real);
  const content = await readWhole(location, MAX_SCRIPT_BYTES);
  if (before === null || before !== identityAt(location.real)) throw changedSinceJudged();
  return { path: location.real, identity: before, content };
}

function identityAt(path: string): string | null {
  try {
    return identityOf(statSync(path, { bigint: true }));
  } catch {
    return null;
  }
}
