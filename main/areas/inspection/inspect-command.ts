import { resolve } from "node:path";
import { withinBounds } from "./bounds.ts";
import { commandAct } from "./command/command-act.ts";
import { scriptIn, scriptInText } from "./command/inline-script.ts";
import type { ReadScript } from "./command/inline-script.ts";
import { judgeCommand } from "./command/judge.ts";
import type { Judged } from "./command/judged.ts";
import { shellLine, shellWord } from "./command/shell-line.ts";
import { isTooLong, tooLong } from "./command/too-long.ts";
import { literal } from "./command/word.ts";
import type { BoundScript, Inspection, Presentation, Proposal, Subject } from "./contract.ts";
import { canonicalJson, sha256 } from "./digest.ts";
import { hooks } from "./knowledge/git-effects.ts";
import { needsOf } from "./reach/needs.ts";
import type { Need } from "./reach/needs.ts";
import { withLines } from "./reach/lines.ts";
import { rememberCommand } from "./remember.ts";
import { commandRisks } from "./risks/command.ts";
import { secretsLedTo } from "./risks/secret-reads.ts";
import { judgeShell } from "./shell/judge-shell.ts";
import type { Surroundings } from "./surroundings.ts";
import { visibleText } from "../../contract/visible-text.ts";

type ProgramCall = Extract<Proposal, { kind: "program" }>;
type ShellText = Extract<Proposal, { kind: "shell" }>;
export type Command = ProgramCall | ShellText;

export function inspectCommand(command: Command, surroundings: Surroundings): Inspection {
  const { workDir, scripts, leads, reach } = surroundings;
  const judged = judge(command, workDir);
  const folders = foldersOf(judged, command, workDir);
  const needs = needsOf(judged);
  const risks = withLines(commandRisks(judged, { workDir, folders, leads }), needs, reach);
  // Where nobody follows what it leads to, the repository's own settings are taken for the person's.
  const isBound =
    reach === undefined
      ? needs.every(({ kind }) => kind === "repository") && !risks.some(({ text }) => text === hooks.text)
      : reach.isWhole;
  const line = command.kind === "program" ? shellLine(command.argv) : command.text;
  const said = commandAct(line, command, workDir);
  const bound = judged.scripts.flatMap((path) => scripts?.get(path) ?? []);
  return {
    subject: {
      action: "exec",
      target: targetOf(command),
      remember: isBound ? rememberCommand(judged, risks, (path) => scripts?.has(path) === true) : "once",
      fingerprint: fingerprintOf(command, secretsLedTo(judged, { workDir, folders, leads })),
      execution: {
        program: judged.programs.at(-1) ?? "",
        scripts: uniqueScripts([...bound, ...(reach?.bound ?? [])]),
        ...(said.folder === undefined ? {} : { folder: said.folder }),
      },
    },
    presentation: {
      wants: "wants to run a command",
      act: said.act,
      ...(said.isAll ? { actIsAll: true } : {}),
      ...bodyOf(command, line),
      risks,
    },
  };
}

export const scriptsOfCommand = (command: Command): readonly string[] => judge(command, "/").scripts;

/** The code that a command leads to: see `Reach`. */
export const needsOfCommand = (command: Command, workDir: string): readonly Need[] =>
  needsOf(judge(command, workDir));

/** What a command names that somebody who can look may look at: see `Leads`. */
export function namedBy(
  command: Command,
  workDir: string,
): Pick<Judged, "words" | "below" | "printed" | "folders"> {
  const judged = judge(command, workDir);
  const { words, below, printed } = judged;
  return { words: [...new Set(words)], below, printed, folders: foldersOf(judged, command, workDir) };
}

/** Where it may act. */
const foldersOf = ({ folders }: Judged, { folder }: Command, workDir: string): readonly string[] => [
  ...new Set([resolve(workDir, folder), ...folders]),
];

/** The programs that a list of words names, outermost first: `timeout`, `git`. */
export const programsOf = (argv: readonly string[]): readonly string[] => judgeWords(argv, "", "/").named;

function judge(command: Command, workDir: string): Judged {
  const cwd = resolve(workDir, command.folder);
  const hasInput = command.input !== "";
  if (command.kind === "shell") return judgeShell(command.text, cwd, { hasInput });
  return judgeWords(command.argv, command.input, cwd);
}

/** A look asks half a dozen times about the same words. */
const judgedWords = new WeakMap<readonly string[], Map<string, Judged>>();

function judgeWords(argv: readonly string[], input: string, cwd: string): Judged {
  const hasInput = input !== "";
  const situation = `${hasInput} ${cwd}`;
  const known = judgedWords.get(argv)?.get(situation);
  if (known !== undefined) return known;
  const judged = isTooLong(argv)
    ? tooLong(argv)
    : judgeCommand(argv.map(literal), {
        hasInput,
        depth: 0,
        shell: (text, given) => judgeShell(text, cwd, given),
      });
  const bySituation = judgedWords.get(argv) ?? new Map<string, Judged>();
  judgedWords.set(argv, bySituation.set(situation, judged));
  return judged;
}

const uniqueScripts = (scripts: readonly BoundScript[]): readonly BoundScript[] => [
  ...new Map(scripts.map((one) => [`${one.path}#${one.script ?? ""}`, one])).values(),
];

/** A folder or an input makes it another command, so the target names them too. */
function targetOf({ folder, input, ...command }: Command): string {
  const words = command.kind === "program" ? command.argv.join(" ") : command.text;
  const place = isWorkFolder(folder) ? "" : ` (in ${folder})`;
  return words + place + (input === "" ? "" : ` (with input ${sha256(input).slice(0, 16)})`);
}

/** Once it leads to other secrets it is no more what was allowed. */
const fingerprintOf = (command: Command, secrets: readonly string[]): NonNullable<Subject["fingerprint"]> =>
  sha256(
    canonicalJson([
      command.kind === "program" ? command.argv : { shell: command.text },
      command.folder,
      command.input,
      ...(secrets.length === 0 ? [] : [secrets]),
    ]),
  );

const isWorkFolder = (folder: string): boolean => folder === "" || folder === ".";

function bodyOf(command: Command, line: string): Pick<Presentation, "body" | "unshown"> {
  const { text, unshown } = withinBounds(textOf(command, line));
  if (unshown !== undefined) return { body: { kind: "command", text }, unshown };
  const read = readBy(command);
  const parts = [read?.inline?.script ?? "", read?.inline?.input ?? ""].map(withinBounds);
  const tooLong = parts.find((part) => part.unshown !== undefined);
  if (tooLong?.unshown === undefined) return { body: { kind: "command", text, ...read } };
  return { body: { kind: "command", text: tooLong.text }, unshown: tooLong.unshown };
}

/** What is read or run as a script, apart from the words around it. */
function readBy(command: Command): ReadScript | undefined {
  const read =
    command.kind === "shell"
      ? scriptInText(command.text, command.input)
      : scriptIn(command.argv, command.input);
  if (read?.inline === undefined || isWorkFolder(command.folder)) return read;
  const line = `cd -- ${shellWord(command.folder)} && ${read.inline.line}`;
  return { ...read, inline: { ...read.inline, line } };
}

/** The whole command, to read and to paste. */
function textOf({ kind, folder, input }: Command, plain: string): string {
  const line = kind === "program" ? plain : visibleText(plain, "\n\t");
  if (kind === "shell" && line.includes("\n")) {
    const steps = [
      ...(isWorkFolder(folder) ? [] : [`cd -- ${shellWord(folder)}`]),
      ...(input === "" ? [] : [`# its input: ${shellWord(input)}`]),
    ];
    return [...steps, line].join("\n");
  }
  const grouped = kind === "shell" && input !== "" ? `{ ${line}; }` : line;
  const withInput = input === "" ? line : `printf %s ${shellWord(input)} | ${grouped}`;
  return isWorkFolder(folder) ? withInput : `cd -- ${shellWord(folder)} && ${withInput}`;
}
