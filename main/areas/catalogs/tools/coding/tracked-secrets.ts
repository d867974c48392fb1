import { lstatSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { giveWay } from "../../../../kernel/slices.ts";
import { createTurns } from "../../../../kernel/turns.ts";
import type { Printed } from "../../../inspection/reach/printed.ts";
import { secretsAt } from "../../../inspection/risks/secrets.ts";
import type { Environment } from "./child-environment.ts";
import { ToolFailure } from "./failure.ts";
import { pathsOfObject, trackedIn } from "./files/git-index.ts";
import type { TrackedFile } from "./files/git-index.ts";
import { placeOf } from "./files/git-place.ts";
import { askGit } from "./git.ts";
import { runsNothingOfItsOwn } from "./reach/hooks.ts";

const MAX_MS = 2_000;
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_WORDS = 20;
/** Enough to say that there are some. */
const MAX_FOUND = 5;

export interface Around {
  readonly folder: string;
  readonly workspace: string;
  readonly environment: Environment;
}

/**
 * Files that keep secrets among what a git command prints, by their paths from the top of the repository. Null: nobody
 * knows, since it would take too long, or git itself does not tell.
 */
export async function secretsPrinted(
  printed: Printed,
  { folder: start, ...around }: Around,
): Promise<readonly string[] | null> {
  const folder = resolve(start, ...(printed.folders ?? []));
  const top = repositoryAbove(folder);
  const git = top === null ? null : placeOf(join(top, ".git"));
  // Where there is no repository git ends with an error, but it compares any two that it is given.
  if (top === null) return printed.of === "difference" && wordsOf(printed).length > 1 ? null : [];
  if (git === null) return null;
  const place: Place = { ...around, folder, top, index: join(git, "index") };
  const limited = limitedTo(printed, place);
  if (limited === null) return null;
  try {
    const found = await secretsAmong(printed, limited.revisions, place);
    return found?.filter((path) => limited.covers(path)) ?? null;
  } catch (error) {
    if (error instanceof ToolFailure) return null;
    throw error;
  }
}

const wordsOf = ({ words, paths }: Printed): readonly string[] =>
  paths === "among words" ? words : [...words, ...paths];

interface Place extends Around {
  readonly top: string;
  readonly index: string;
}

function repositoryAbove(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    if (lstatSync(join(at, ".git"), { throwIfNoEntry: false }) !== undefined) return at;
    if (dirname(at) === at) return null;
  }
}

interface Limited {
  readonly revisions: readonly string[];
  readonly covers: (path: string) => boolean;
}

/** What means more than it says: patterns, and a beginning with a colon. */
const isMagic = (path: string): boolean => /[*?[\\]|^:/.test(path);

/** Git takes a word for a path if it is there; one that is a revision as well it refuses. */
function limitedTo({ words, paths, isWider }: Printed, { folder, top }: Place): Limited | null {
  if (words.length > MAX_WORDS || words.some((word) => word.startsWith("-"))) return null;
  const isThere = (word: string) => lstatSync(resolve(folder, word), { throwIfNoEntry: false }) !== undefined;
  const among = paths === "among words" ? words.filter((word) => isMagic(word) || isThere(word)) : paths;
  const revisions = paths === "among words" ? words.filter((word) => !isThere(word)) : words;
  // What stands behind a revision may be a folder, and paths start there.
  const isBelow = revisions.some(isNamed);
  if (isWider === true || isBelow || among.length === 0 || among.some(isMagic))
    return { revisions: revisions.filter((word) => !/[*?[\\]/.test(word)), covers: () => true };
  const beginnings = among.map((path) => relative(top, resolve(folder, path)).split("\\").join("/"));
  return {
    revisions,
    covers: (path) => beginnings.some((one) => one === "" || path === one || path.startsWith(`${one}/`)),
  };
}

async function secretsAmong(
  printed: Printed,
  revisions: readonly string[],
  place: Place,
): Promise<readonly string[] | null> {
  const tracked = await trackedIn(place.index);
  if (tracked === null) return null;
  const now = tracked.secrets.map(({ path }) => path);
  const isNow = revisions.length === 0;
  if (printed.of === "files" && isNow) return now;
  if (printed.of === "difference" && isNow) {
    const touched = tracked.secrets.filter((file) => isTouched(file, place));
    if (touched.length === 0) return [];
  }
  // What its settings name would be run.
  if (!(await runsNothingOfItsOwn(place.folder, true))) return now.length > 0 ? now : null;
  const contents = await secretContents(revisions, now, place);
  if (contents === null || printed.of === "objects") return contents;
  const names = await namesIn(printed, revisions, place);
  return names === null ? null : [...new Set([...contents, ...names])];
}

/** Not as git left it, as far as its index tells. What was changed in the moment of its writing looks as if nothing was. */
function isTouched(file: TrackedFile, { top, index }: Place): boolean {
  const info = lstatSync(join(top, file.path), { throwIfNoEntry: false, bigint: true });
  const written = lstatSync(index, { throwIfNoEntry: false, bigint: true });
  if (info === undefined || written === undefined || file.isOpen) return true;
  return (
    info.mtimeNs !== file.modifiedNs ||
    info.ctimeNs !== file.changedNs ||
    BigInt.asUintN(32, info.size) !== BigInt(file.size) ||
    info.ctimeNs >= written.mtimeNs
  );
}

/** Those can only be commits. */
const isCommit = (word: string): boolean => /^(HEAD|@)([~^]\d*)*$/.test(word);
/** A file of a revision: the words say its name. */
const isNamed = (word: string): boolean => /^[^:^{}]*:[^/]/.test(word);

/** A word may stand for a content by its hash, and a content has no name: the one under which it is tracked counts. */
async function secretContents(
  words: readonly string[],
  secrets: readonly string[],
  place: Place,
): Promise<readonly string[] | null> {
  const open = words
    .filter((word) => !isNamed(word))
    .flatMap((word) => word.replace(/^\^/, "").split(/\.{2,3}/))
    .filter((word) => word !== "" && !isCommit(word));
  if (open.length === 0) return [];
  if (open.some((word) => word.includes("\n"))) return null;
  // A tag may stand for a content, too.
  const peeled = open.map((word) => (word.startsWith(":/") ? word : `${word}^{}`)).join("\n");
  const told = await ask(["cat-file", "--batch-check=%(objecttype) %(objectname)"], place, peeled);
  const found: string[] = [];
  for (const line of told?.split("\n") ?? []) {
    const [, object] = /^blob ([\da-f]+)$/.exec(line) ?? [];
    if (object === undefined) continue;
    const paths = await pathsOfObject(place.index, object);
    if (paths === null || paths.length === 0) return null;
    found.push(...paths.filter((path) => secrets.includes(path)));
  }
  return told === null ? null : found;
}

/** Names alone, as the command itself would come upon them. */
async function namesIn(
  { of, count, isAll, isSinceFork }: Printed,
  given: readonly string[],
  place: Place,
): Promise<readonly string[] | null> {
  const revisions = of === "commits" ? given.filter((word) => !isNamed(word)) : given;
  if (given.length > 0 && revisions.length === 0) return [];
  const plain = ["--name-only", "-z", "--no-renames", "--no-ext-diff", "--ignore-submodules=all"];
  const walk = ["log", "--format=", "-m", "--root", ...plain];
  const end = ["--end-of-options", ...revisions, "--"];
  switch (of) {
    case "difference":
    case "staged":
      return secretsIn(
        await ask(
          [
            "diff",
            ...plain,
            ...(of === "staged" ? ["--cached"] : []),
            ...(isSinceFork ? ["--merge-base"] : []),
            ...end,
          ],
          place,
        ),
      );
    case "commits":
      return secretsIn(await ask([...walk, "--no-walk", ...end], place));
    case "history":
      return secretsIn(
        await ask(
          [
            ...walk,
            "--full-history",
            ...(isAll ? ["--all", "--reflog"] : []),
            ...(count === undefined ? [] : [`-n${count}`]),
            ...end,
          ],
          place,
        ),
      );
    case "files":
      return allOf(revisions, (word) =>
        ask(["ls-tree", "-r", "--name-only", "-z", "--full-tree", "--end-of-options", word], place),
      );
    case "objects":
      return [];
  }
}

async function allOf(
  words: readonly string[],
  names: (word: string) => Promise<string | null>,
): Promise<readonly string[] | null> {
  const found: string[] = [];
  for (const word of words) {
    const some = await secretsIn(await names(word));
    if (some === null) return null;
    found.push(...some);
  }
  return found;
}

async function secretsIn(names: string | null): Promise<readonly string[] | null> {
  if (names === null) return null;
  const found = new Set<string>();
  const seen = new Set<string>();
  for (let at = 0; at < names.length;) {
    const end = names.indexOf("\0", at);
    const name = names.slice(at, end < 0 ? names.length : end).trim();
    at += Math.max(name.length, (end < 0 ? names.length : end) - at) + 1;
    if (seen.has(name)) continue;
    seen.add(name);
    if (secretsAt(name) !== null) found.add(name);
    if (found.size >= MAX_FOUND) break;
    await giveWay();
  }
  return [...found];
}

function ask(args: readonly string[], place: Place, input?: string): Promise<string | null> {
  const { folder, workspace, environment } = place;
  return inTurns(() =>
    askGit(args, {
      folder,
      workspace,
      environment,
      maxBytes: MAX_BYTES,
      timeoutMs: MAX_MS,
      ...(input === undefined ? {} : { input }),
    }),
  );
}

/** Whoever asks about many commands at once waits for his own. */
const inTurns = createTurns(4);
