import type { Risk } from "../contract.ts";
import type { Form, Program, Runs, Use } from "../knowledge/form.ts";
import { findProgram, optionsOf } from "../knowledge/programs.ts";
import { readOptions } from "../knowledge/read-options.ts";
import type { ReadOptions } from "../knowledge/read-options.ts";
import {
  looksOnly,
  namedLate,
  printsAboutItself,
  runsCode,
  runsScript,
  setsUnknownVariable,
  setsVariables,
  unknownProgram,
  unpacks,
  usedOtherwise,
} from "../knowledge/effects.ts";
import { joined, nothingKnown } from "./judged.ts";
import type { Judged } from "./judged.ts";
import { baseName, isOwnFile } from "./program-name.ts";
import { isHarmlessVariable, isSteeringVariable } from "./variables.ts";
import { literal } from "./word.ts";
import type { CommandWord } from "./word.ts";

export interface Situation {
  readonly hasInput: boolean;
  /** How many commands this one is inside of. */
  readonly depth: number;
  /** Judges text for a shell. */
  readonly shell: (text: string, given: Situation & { readonly isPosix: boolean }) => Judged;
}

const MAX_DEPTH = 8;
const MAX_WORDS = 20_000;

/** Contract: never throws, whatever the words are. */
export function judgeCommand(words: readonly CommandWord[], situation: Situation): Judged {
  const [first] = words;
  if (first === undefined || first.kind !== "literal" || words.length > MAX_WORDS) {
    return unknown(first?.text ?? "", words, [namedLate]);
  }
  const program = first.text;
  const rest = words.slice(1);
  if (situation.depth > MAX_DEPTH) return unknown(program, words, [namedLate]);
  if (isOwnFile(program)) return ownFile(program, rest);
  const found = findProgram(baseName(program));
  if (found === null) return unknown(program, words, [unknownProgram(program)]);
  const judged = judgeProgram(found, program, rest, situation);
  // `GIT` is git on some systems and anything on others.
  const isSpelled =
    baseName(program) === program.slice(program.lastIndexOf("/") + 1).replace(/\.(exe|cmd)$/, "");
  return isSpelled ? judged : { ...judged, known: false, risks: [...judged.risks, unknownProgram(program)] };
}

function unknown(program: string, words: readonly CommandWord[], risks: readonly Risk[]): Judged {
  return {
    ...nothingKnown,
    programs: [program],
    named: [program],
    risks,
    known: false,
    once: true,
    words: words.map(({ text }) => text),
  };
}

function ownFile(program: string, rest: readonly CommandWord[]): Judged {
  return {
    ...nothingKnown,
    programs: [program],
    named: [program],
    risks: [runsScript(program)],
    known: rest.every(({ kind }) => kind === "literal"),
    scripts: [program],
    started: [{ path: program, by: "" }],
    words: [program, ...rest.map(({ text }) => text)],
  };
}

function judgeProgram(
  program: Program,
  name: string,
  words: readonly CommandWord[],
  situation: Situation,
): Judged {
  const texts = words.map(({ text }) => text);
  const nothing: Judged = {
    ...nothingKnown,
    programs: [name],
    named: [name],
    once: program.once === true,
    words: texts,
    below: words.flatMap(({ kind, text }) => (kind !== "literal" && /[*?[]/.test(text) ? [text] : [])),
  };
  if (tellsAboutItself(program, words, situation.hasInput)) {
    return { ...nothing, risks: program.tells ?? [printsAboutItself], once: false };
  }
  const { own, started } = splitStarted(program, prepared(program, words));
  const judged = judgeForm(program, program, own, { ...situation, base: nothing });
  if (started.length === 0) return judged;
  const inner = started.map((command) => judgeCommand(command, { ...situation, depth: situation.depth + 1 }));
  return { ...joined([judged, ...inner]), named: judged.named };
}

/** Undoes spellings that are a program's own. */
function prepared(program: Program, words: readonly CommandWord[]): readonly CommandWord[] {
  const [first, ...rest] = words;
  if (program.ignoresCase === true) {
    return words.map((word) =>
      word.text.startsWith("-") ? { ...word, text: word.text.toLowerCase() } : word,
    );
  }
  if (first?.kind === "literal" && program.bundle?.test(first.text) === true)
    return [literal(`-${first.text}`), ...rest];
  return words;
}

/** Takes out the commands that `find` starts. One without an end stays where it is, and is not understood there. */
function splitStarted(
  { startsBehind }: Program,
  words: readonly CommandWord[],
): { own: readonly CommandWord[]; started: readonly (readonly CommandWord[])[] } {
  if (startsBehind === undefined) return { own: words, started: [] };
  const options = startsBehind.options.split(" ");
  const ends = words.flatMap(({ text }, at) =>
    text === ";" || (text === "+" && words[at - 1]?.text === "{}") ? [at] : [],
  );
  const own: CommandWord[] = [];
  const started: CommandWord[][] = [];
  for (let i = 0, next = 0; i < words.length; i += 1) {
    const word = words[i];
    if (word === undefined) break;
    while ((ends[next] ?? Infinity) <= i) next += 1;
    const end = options.includes(word.text) ? ends[next] : undefined;
    if (end === undefined) own.push(word);
    else {
      started.push(words.slice(i + 1, end).map((one) => foundIn(one, startsBehind.found)));
      i = end;
    }
  }
  return { own, started };
}

function foundIn(word: CommandWord, found: CommandWord): CommandWord {
  if (word.text === "{}") return found;
  return word.text.includes("{}") ? { ...word, kind: "unknown" } : word;
}

function tellsAboutItself(program: Program, words: readonly CommandWord[], hasInput: boolean): boolean {
  const [only] = words;
  if (words.length !== 1 || only?.kind !== "literal") return false;
  if (only.text === "--version" || only.text === "--help") return true;
  return !hasInput && (program.about?.split(" ").includes(only.text) ?? false);
}

function judgeForm(
  program: Program,
  form: Form,
  words: readonly CommandWord[],
  situation: Situation & { readonly base: Judged; readonly before?: ReadOptions["given"] },
): Judged {
  const { base } = situation;
  const otherwise = program.otherwise ?? usedOtherwise(base.programs.at(-1) ?? "");
  if (form.operands === "anything" && form.check === undefined) {
    const texts = form.texts?.(useOf({ operands: words, ended: null, given: [], known: true })) ?? [];
    return { ...base, risks: [...base.risks, ...form.does], texts: [...base.texts, ...texts] };
  }

  const untilOperand = form.commands !== undefined || form.runs !== undefined || form.endsOptions === true;
  const read = readOptions(words, optionsOf(program, form), { style: program.style, untilOperand });
  const written = form.operands === "written" || writesOperands(form, read) ? read.operands : [];
  const writesUnnamed = written.some(({ kind }) => kind !== "literal");
  const scripts = valuesOf(read, "script");
  const soFar: Judged = {
    ...base,
    risks: [
      ...base.risks,
      ...form.does,
      ...read.adds,
      ...(writesUnnamed ? [unpacks] : []),
      ...(read.known ? [] : [otherwise]),
    ],
    known: base.known && read.known,
    once: base.once || form.once === true || (form.once === "high" && !read.known),
    scripts: [...base.scripts, ...scripts],
    started: [...base.started, ...scripts.map((path) => ({ path, by: base.programs.at(-1) ?? "" }))],
    // A value may be written behind several letters: `-no/x`.
    words: [...base.words, ...attachedValues(read, base.words)],
    written: [...base.written, ...valuesOf(read, "out"), ...written.map(({ text }) => text)],
    texts: [...base.texts, ...(form.texts?.(useOf(read)) ?? [])],
    below: [...base.below, ...(form.below?.(useOf(read)) ?? [])],
    printed: [...base.printed, ...(form.prints?.(useOf(read, situation.before)) ?? [])],
    packageScripts: [...base.packageScripts, ...(form.packageScripts?.(useOf(read, situation.before)) ?? [])],
  };
  if (form.commands !== undefined) {
    const before = [...(situation.before ?? []), ...read.given];
    return judgeSubcommand(program, form, read, { ...situation, base: soFar, before }, otherwise);
  }
  if (form.runs?.kind === "command" && form.bare !== undefined && read.operands.length === 0)
    return { ...soFar, risks: [...soFar.risks, ...form.bare] };
  if (read.known && read.given.some(({ name }) => form.looksWith?.split(" ").includes(name) === true))
    return { ...soFar, risks: [...soFar.risks, looksOnly] };
  const checked = form.check?.(useOf({ ...read, known: soFar.known }, situation.before));
  if (checked === null || (untilOperand ? false : !operandsFit(form, read))) {
    return { ...soFar, risks: [...soFar.risks, otherwise], known: false };
  }
  const judged = {
    ...soFar,
    risks: [...soFar.risks, ...(checked ?? [])],
    once: soFar.once || (form.once === "high" && checked?.some(({ level }) => level === "high") === true),
  };
  return form.runs === undefined
    ? judged
    : judgeRun(form.runs, read, { ...situation, base: judged }, otherwise);
}

function judgeSubcommand(
  program: Program,
  form: Form,
  read: ReadOptions,
  situation: Situation & { readonly base: Judged; readonly before: ReadOptions["given"] },
  otherwise: Risk,
): Judged {
  const { base } = situation;
  const [command, ...rest] = read.operands;
  if (command === undefined && form.bare !== undefined)
    return { ...base, risks: [...base.risks, ...form.bare] };
  const inner = command?.kind === "literal" ? commandOf(form, command.text) : undefined;
  if (inner === undefined) return { ...base, risks: [...base.risks, otherwise], known: false };
  return judgeForm(program, inner, rest, situation);
}

function commandOf({ commands = {} }: Form, name: string): Form | undefined {
  if (Object.hasOwn(commands, name)) return commands[name];
  return Object.entries(commands).find(([names]) => names.split(" ").includes(name))?.[1];
}

const writesOperands = ({ writesWith = "" }: Form, { given }: ReadOptions): boolean =>
  given.some(({ name }) => writesWith.split(" ").includes(name));

const operandsFit = (form: Form, read: ReadOptions): boolean =>
  form.operands !== undefined && form.operands !== "none" ? true : read.operands.length === 0;

function judgeRun(
  runs: Runs,
  read: ReadOptions,
  situation: Situation & { readonly base: Judged },
  otherwise: Risk,
): Judged {
  const { base, depth } = situation;
  const inline: Judged = { ...base, risks: [...base.risks, runsCode], known: false, once: true };
  switch (runs.kind) {
    case "shell": {
      const code = read.given.find(({ option }) => option.value === "code");
      if (code === undefined) return judgeRun({ kind: "script" }, read, situation, otherwise);
      if (!base.known) return inline;
      const given = { ...situation, isPosix: runs.isPosix, depth: depth + 1 };
      return {
        ...joined([{ ...base, words: [] }, situation.shell(code.value ?? "", given)]),
        named: base.named,
      };
    }
    case "script":
      return judgeScript(runs, read, base, inline);
    case "command": {
      const { skip = 0, only, adds = [], assigns } = runs;
      const own = skip + (assigns === true ? assignmentsIn(read.operands) : 0);
      const variables = read.operands.slice(skip, own).map(({ text }) => text.slice(0, text.indexOf("=")));
      const command = [...read.operands.slice(own), ...adds];
      const [program] = command;
      const isAllowed = only === undefined || only.split(" ").includes(program?.text ?? "");
      const isLiteral = read.operands.slice(0, own).every(({ kind }) => kind === "literal");
      const outer = withVariables(
        { ...base, words: read.operands.slice(0, own).map(({ text }) => text) },
        variables,
      );
      if (program === undefined || read.operands.length === own || !base.known || !isAllowed || !isLiteral) {
        return { ...base, risks: [...outer.risks, otherwise], known: false, once: true };
      }
      const together = joined([outer, judgeCommand(command, { ...situation, depth: depth + 1 })]);
      return only === undefined ? together : { ...together, named: outer.named };
    }
  }
}

function judgeScript(
  { commands, isCode }: Extract<Runs, { kind: "script" }>,
  { operands }: ReadOptions,
  base: Judged,
  inline: Judged,
): Judged {
  if (!base.known) return inline;
  if (base.scripts.length > 0) return { ...base, risks: [...base.risks, ...base.scripts.map(runsScript)] };
  const [first, ...args] = operands;
  if (first?.kind !== "literal") return inline;
  const known = args.every(({ kind }) => kind !== "unknown");
  if (isCode !== undefined) {
    return isCode(first.text) ? { ...base, known, risks: [...base.risks, looksOnly] } : inline;
  }
  if (/^-?$/.test(first.text) || commands?.split(" ").includes(first.text) === true) return inline;
  const { text: path } = first;
  const started = [{ path, by: base.programs.at(-1) ?? "" }];
  return { ...base, known, risks: [...base.risks, runsScript(path)], scripts: [path], started };
}

const assignment = /^[A-Za-z_][A-Za-z0-9_]*=/;
const assignmentsIn = (words: readonly CommandWord[]): number => {
  const end = words.findIndex(({ text }) => !assignment.test(text));
  return end < 0 ? words.length : end;
};

/** What it means that variables are set for a command, or for all that follow. */
export function withVariables(judged: Judged, names: readonly string[]): Judged {
  const strange = names.filter((name) => !isHarmlessVariable(name));
  if (strange.length === 0) return judged;
  const adds = strange.map((name) => (isSteeringVariable(name) ? setsVariables : setsUnknownVariable(name)));
  return { ...judged, risks: [...judged.risks, ...adds], known: false };
}

/** Those that are no words of their own. */
function attachedValues({ given }: ReadOptions, words: readonly string[]): readonly string[] {
  const known = new Set(words);
  return given.flatMap(({ value }) => (value === null || known.has(value) ? [] : [value]));
}

const valuesOf = (read: ReadOptions, kind: string): string[] =>
  read.given.flatMap(({ option, value }) => (option.value === kind && value !== null ? [value] : []));

function useOf(
  { operands, ended, given, known }: Omit<ReadOptions, "adds">,
  before: ReadOptions["given"] = [],
): Use {
  const valuesIn = (all: ReadOptions["given"], options: readonly string[]) =>
    all.flatMap(({ name, value }) => (options.includes(name) && value !== null ? [value] : []));
  return {
    operands,
    ended,
    isKnown: known,
    has: (...options) => given.some(({ name }) => options.includes(name)),
    values: (...options) => valuesIn(given, options),
    hasAround: (...options) => [...before, ...given].some(({ name }) => options.includes(name)),
    around: (...options) => valuesIn([...before, ...given], options),
  };
}
