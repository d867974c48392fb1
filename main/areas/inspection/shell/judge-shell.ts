import { isAbsolute, resolve } from "node:path";
import { judgeCommand, withVariables } from "../command/judge.ts";
import type { Situation } from "../command/judge.ts";
import { joined, nothingKnown } from "../command/judged.ts";
import type { Judged } from "../command/judged.ts";
import { isOwnVariable } from "../command/variables.ts";
import { baseName } from "../command/program-name.ts";
import { namedLate, outlives, runsCode } from "../knowledge/effects.ts";
import { named } from "../knowledge/names.ts";
import { risk } from "../risks/risk.ts";
import { parseShell } from "./parse.ts";
import type { ParsedShell, ShellRedirection, SimpleCommand } from "./parse.ts";

const unreadable = risk(
  "runs_code",
  "high",
  "can't be read in full",
  "It is too long, unfinished, or written in a way that Gatehouse does not read. It can do all that you can.",
);
const late = (what: string) => risk("unknown", "medium", what, "What that does is known only when it runs.");
const writes = risk("writes", "medium", "writes to a file", "The output of a command goes to a file.");
const connects = risk(
  "network",
  "high",
  "opens a connection",
  "The shell itself sends data over the network.",
);
const anywhere = risk(
  "unknown",
  "medium",
  "works in a folder that is known only when it runs",
  "Paths in it may lead anywhere.",
);

const MAX_FOLDERS = 16;

/** Words that bash and a plain `sh` read differently. */
const bashOnly = /\$['"]|&>|<<<|\[\[|\(\(|[<>]\(|\|&|\bfunction\b|\{[^}\n]*(,|\.\.)[^}\n]*\}|[?*+@!]\(|=\(/;

/** What all commands of a text for a shell do together. Contract: never throws. */
export function judgeShell(
  text: string,
  cwd: string,
  situation: Partial<Situation> & { isPosix?: boolean } = {},
): Judged {
  const { depth = 0, hasInput = false, isPosix = false } = situation;
  const parsed = depth > 4 || (isPosix && bashOnly.test(text)) ? null : parseShell(text);
  if (parsed === null || isTooMuch(parsed))
    return { ...nothing, risks: [unreadable], known: false, once: true, folders: [cwd] };
  const folders = foldersOf(parsed, cwd);
  const given: Situation = {
    hasInput,
    depth: depth + 1,
    shell: (inner, more) => judgeShell(inner, cwd, more),
  };
  const all = parsed.commands.map((command) => judgeSimple(command, given));
  const doubts = [...parsed.doubts].map(late);
  const names = [...parsed.variables].filter((name) => !isOwnVariable(name));
  const together = withVariables(joined([nothing, ...all]), names);
  const fetched = isFetchedCode(together) ? [runsFetched(addressIn(together.words))] : [];
  return {
    ...together,
    risks: [...fetched, ...together.risks, ...doubts, ...(folders === null ? [anywhere] : [])],
    known: together.known && doubts.length === 0 && folders !== null,
    // A script's name may mean another file in another folder.
    once: together.once || (folders?.length !== 1 && together.scripts.some((path) => !isAbsolute(path))),
    folders: [...new Set([...(folders ?? [cwd]), ...together.folders])],
  };
}

const nothing: Judged = nothingKnown;

/** More than this is not judged: that could take long, and nobody reads it. */
const MAX_COMMANDS = 300;
const MAX_WORDS = 2_000;
const isTooMuch = ({ commands }: ParsedShell): boolean =>
  commands.length > MAX_COMMANDS || commands.reduce((sum, { words }) => sum + words.length, 0) > MAX_WORDS;

/** Something is fetched, and code comes from where only what runs before can have put it. */
const isFetchedCode = ({ risks, programs }: Judged): boolean =>
  risks.some(({ text }) => text === runsCode.text || text === namedLate.text) &&
  programs.some((program) => /^(curl|wget|http|https|xh|fetch|aria2c|nc|ncat)$/.test(baseName(program)));

const runsFetched = (address: string | undefined) =>
  risk(
    "runs_code",
    "high",
    `runs what it downloads${address === undefined ? "" : ` from ${named(address)}`}`,
    "Whoever runs the other machine decides what happens on yours, and it is never shown.",
  );

/** The machine that a word names, without a name and a password before it. */
const addressIn = (words: readonly string[]): string | undefined =>
  words.flatMap((word) => /^[a-z]+:\/\/(?:[^/@]*@)?([\w.:-]+)/i.exec(word)?.[1] ?? []).at(0);

function judgeSimple(
  { words, assignments, redirections, hasInput, inBackground }: SimpleCommand,
  situation: Situation,
): Judged {
  const started = { ...situation, hasInput: hasInput || situation.hasInput };
  const command = words.length === 0 ? nothing : judgeCommand(words, started);
  const names = assignments.map(({ name, isPlain }) => (isPlain ? name : `${name}[]`));
  const parts = [withVariables(command, names), ...redirections.map(judgeRedirection)];
  return joined(inBackground ? [...parts, { ...nothing, risks: [outlives] }] : parts);
}

function judgeRedirection({ does, target }: ShellRedirection): Judged {
  const { text, kind } = target;
  if (kind !== "literal")
    return { ...nothing, risks: does === "writes" ? [writes] : [], known: false, words: [text] };
  if (/^\/dev\/(tcp|udp)\//.test(text)) return { ...nothing, risks: [connects], once: true };
  if (does === "reads") return { ...nothing, words: [text] };
  if (/^\/dev\/(null|stdout|stderr|tty)$/.test(text)) return nothing;
  return { ...nothing, risks: [writes], words: [text], written: [text] };
}

/** Every folder that a command may find itself in, whichever of the text's branches are taken. Null: anywhere. */
function foldersOf({ commands, repeats }: ParsedShell, cwd: string): readonly string[] | null {
  const folders = new Set([cwd]);
  for (const { words } of commands) {
    const [program, ...args] = words;
    if (!/^(cd|pushd|popd)$/.test(program?.text ?? "")) continue;
    const targets = args.filter(({ text }) => !/^-[LP]+$|^--$/.test(text));
    const [target] = targets;
    if (target?.kind !== "literal" || targets.length !== 1 || /^[~+-]/.test(target.text)) return null;
    // What is done again and again leads further up each time.
    if (repeats && target.text.includes("..")) return null;
    const next = Array.from(folders, (folder) =>
      isAbsolute(target.text) ? target.text : resolve(folder, target.text),
    );
    for (const folder of next) folders.add(folder);
    if (folders.size > MAX_FOLDERS) return null;
  }
  return [...folders];
}
