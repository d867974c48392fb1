import { lstatSync, readFileSync, realpathSync } from "node:fs";
import type { Stats } from "node:fs";
import { readdir } from "node:fs/promises";
import { isAbsolute, join, relative, resolve } from "node:path";
import { giveWay } from "../../../../kernel/slices.ts";
import { secretsAt } from "../../../inspection/risks/secrets.ts";
import type { Printed } from "../../../inspection/reach/printed.ts";
import type { Leads } from "../../../inspection/surroundings.ts";
import type { Environment } from "./child-environment.ts";
import { gitOutside } from "./files/git-place.ts";
import { otherNameOf } from "./files/hard-links.ts";
import { isPrivate } from "./files/private-places.ts";
import { secretsPrinted } from "./tracked-secrets.ts";

/** The words of a command that may be paths, and the folders of which it reads everything. */
export interface Named {
  readonly words: readonly string[];
  readonly below: readonly string[];
  readonly printed: readonly Printed[];
  /** Where it may act, the folder in which it starts first. */
  readonly folders: readonly string[];
}

const MAX_WORDS = 2_000;
const MAX_ENTRIES = 5_000;
const MAX_MS = 100;
/** Git may be asked about each of them in each folder. */
const MAX_PRINTED = 20;
/** Enough to say that there are some. */
const MAX_FOUND = 5;

/** Looks where the words of a command lead. What it names that is not there is what it is called. */
export async function leadsOf(named: Named, workspace: string, environment: Environment): Promise<Leads> {
  const { words, below, printed, folders } = named;
  const folder = folders[0] ?? workspace;
  const real = new Map<string, string>();
  for (const word of words.slice(0, MAX_WORDS)) {
    await giveWay();
    for (const path of pathsIn(word)) {
      const leads = realPlace(resolve(folder, path), workspace);
      if (leads !== null) real.set(word, leads);
    }
  }
  const found = new Map<string, readonly string[] | null>();
  const until = performance.now() + MAX_MS;
  for (const place of new Set(below)) {
    // A pattern stands for files of the folder that it begins with.
    const plain = place.replace(/[*?[].*$/s, "");
    const start = plain === place ? place : plain.slice(0, plain.lastIndexOf("/") + 1);
    found.set(place, await secretsBelow(resolve(folder, start || "."), workspace, until));
  }
  const tracked = new Map<string, readonly string[] | null>();
  const pairs = printed.length * folders.length;
  for (const what of pairs > MAX_PRINTED ? [] : printed) {
    const all = await Promise.all(
      folders.map((one) => secretsPrinted(what, { folder: one, workspace, environment })),
    );
    const secrets = all.flatMap((paths) => paths ?? []);
    tracked.set(JSON.stringify(what), secrets.length === 0 && all.includes(null) ? null : secrets);
  }
  return {
    real: (word) => real.get(word) ?? null,
    below: (place) => found.get(place) ?? null,
    printed: (what) => tracked.get(JSON.stringify(what)) ?? null,
    repository: gitOutside(workspace),
    isPart: words.length > MAX_WORDS,
  };
}

/** Whether a word leads there from one of the folders. */
export async function namesOwnFile({ words, folders }: Named, workspace: string): Promise<boolean> {
  for (const folder of folders) {
    for (const word of words.slice(0, MAX_WORDS)) {
      await giveWay();
      if (ownFileIn([word], folder, workspace) !== null) return true;
    }
  }
  return false;
}

/** The word that leads to Gatehouse's own files, if one does: no command gets at them, whoever allows it. */
export function ownFileIn(words: readonly string[], folder: string, workspace: string): string | null {
  const leadsToOwn = (path: string): boolean => {
    const full = resolve(folder, path);
    if (isPrivate(full, workspace)) return true;
    const info = infoOf(full);
    if (info === null) return false;
    if (info.isFile() && otherNameOf(info, workspace)?.kind === "own") return true;
    const real = info.isSymbolicLink() || isAbsolute(path) || path.includes("/") ? realOf(full) : null;
    if (real === null) return false;
    const target = infoOf(real);
    return (
      isPrivate(real, workspace) ||
      (target?.isFile() === true && otherNameOf(target, workspace)?.kind === "own")
    );
  };
  return words.slice(0, MAX_WORDS).find((word) => pathsIn(word).some(leadsToOwn)) ?? null;
}

/** The word itself, and what stands behind `=` and behind the letter of an option. */
function pathsIn(word: string): string[] {
  if (word === "" || word.length > 4_096 || word.includes("\0")) return [];
  const behind = /^(?:--?[\w-]+=|[A-Za-z_]\w*=|@|-[A-Za-z])(.+)$/.exec(word)?.[1];
  return behind === undefined ? [word] : [word, behind];
}

/** Null if it is not there, or is what its path says. */
function realPlace(full: string, workspace: string): string | null {
  const info = infoOf(full);
  if (info === null) return null;
  const real = realOf(full);
  if (real === null) return null;
  const target = real === full ? info : infoOf(real);
  const other = target?.isFile() === true ? otherNameOf(target, workspace) : null;
  if (other?.kind === "secret") return other.path;
  return real === full ? null : real;
}

function infoOf(path: string): Stats | null {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}

function realOf(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch {
    return null;
  }
}

/** Null if it could not be looked through as a whole. */
async function secretsBelow(
  start: string,
  workspace: string,
  until: number,
): Promise<readonly string[] | null> {
  const found: string[] = [];
  const todo = [start];
  let seen = 0;
  for (let folder = todo.pop(); folder !== undefined; folder = todo.pop()) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => null);
    // A file, or nothing at all: the words say it.
    if (entries === null) continue;
    for (const entry of entries) {
      if ((seen += 1) > MAX_ENTRIES || performance.now() > until) return found.length > 0 ? found : null;
      const path = join(folder, entry.name);
      const info = entry.isFile() ? infoOf(path) : null;
      const other = info === null ? null : otherNameOf(info, workspace);
      if (other?.kind === "secret") found.push(other.path);
      else if (other !== null || isPrivate(path, workspace)) found.push(path);
      else if (entry.isFile() && secretsAt(relative(start, path)) !== null && isKept(path)) found.push(path);
      if (found.length >= MAX_FOUND) return found;
      if (entry.isDirectory()) todo.push(path);
    }
  }
  return found;
}

const MAX_SETTINGS_BYTES = 64 * 1024;

/** Every repository has settings, and only some keep a login there. */
function isKept(path: string): boolean {
  if (!/[/\\]\.git[/\\](.*[/\\])?config$/.test(path)) return true;
  const size = infoOf(path)?.size ?? 0;
  return size > MAX_SETTINGS_BYTES || /:\/\/[^/\s]*@|extraheader|helper|passw|token/i.test(textOf(path));
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
