import { homedir } from "node:os";
import { isAbsolute, relative, resolve } from "node:path";
import { secretsAt, secretsAtPlace } from "./secrets.ts";

export interface Place {
  readonly workDir: string;
  /** Where it runs, in the work folder or below. */
  readonly cwd: string;
}

export interface Reach {
  /** Words that name something outside of the work folder, and keys wherever they are. */
  readonly outside: readonly string[];
  /** Those of them that keep keys, passwords or the system itself. */
  readonly sensitive: readonly string[];
}

export interface NamedSecret {
  readonly word: string;
  readonly holds: string;
}

const harmless = /^\/dev\/(null|zero|stdin|stdout|stderr|tty|random|urandom|fd\/\d+)$/;
/** Beside what keeps secrets: what a login obeys. */
const startsWithLogin = /^\.(bash\w*|zsh\w*|profile)(\/|$)|^Library\/LaunchAgents/;
const system =
  /^\/(etc|boot|sys|proc|root|var\/(lib|spool|run)|usr|bin|sbin|lib|System|Library)(\/|$)|^[A-Za-z]:\\Windows/i;
const MAX_WORDS = 10_000;
const MAX_WORD = 4_096;
const MAX_PIECES = 20;

/** A look at the words alone: links are followed by the tools, not in here. */
export function reachOf(words: readonly string[], { workDir, cwd }: Place): Reach {
  const outside: string[] = [];
  const sensitive: string[] = [];
  const isNear = isNearKeys(cwd);
  for (const word of words.slice(0, MAX_WORDS)) {
    for (const path of isNear ? [word, ...pathsIn(word)] : pathsIn(word)) {
      const full = expand(path, cwd);
      if (harmless.test(full) || (isInside(workDir, full) && !keepsKeys(full))) continue;
      outside.push(word);
      if (isSensitive(full)) sensitive.push(word);
    }
  }
  return { outside, sensitive };
}

export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || (!/^\.\.([/\\]|$)/.test(way) && !isAbsolute(way));
}

/** What the files keep that words name: by how they are spelled, and by where that leads. */
export function secretsOf(words: readonly string[], { workDir, cwd }: Place): readonly NamedSecret[] {
  const leadsTo = (path: string): string | null => {
    const full = expand(path, cwd);
    const isOwn = isInside(workDir, full);
    return (isOwn ? secretsAt(relative(workDir, full)) : null) ?? secretsAtPlace(full);
  };
  const found: NamedSecret[] = [];
  for (const word of words.slice(0, MAX_WORDS)) {
    if (word === "" || word.length > MAX_WORD || /^[a-z][a-z0-9+.-]*:\/\//i.test(word)) continue;
    const behind = /^(?:--?[\w-]+=|@|-[A-Za-z])(.+)$/.exec(word)?.[1];
    const holds = leadsTo(word) ?? (behind === undefined ? null : leadsTo(behind)) ?? secretsInPieces(word);
    if (holds !== null) found.push({ word, holds });
  }
  return found;
}

/** Also behind a commit (`HEAD:.env`), and every name that stands between commas, quotes and blanks. */
function secretsInPieces(word: string): string | null {
  const pieces = word.split(/[:=@,;|<>()'"\s]+/).filter((piece) => piece !== "" && piece !== word);
  for (const piece of pieces.slice(0, MAX_PIECES)) {
    const holds = secretsAt(piece);
    if (holds !== null) return holds;
  }
  return null;
}

/** The word itself, and what stands behind `=` (`--output=/x`), `@` (curl) or an option letter (`-o/x`). */
function pathsIn(word: string): string[] {
  if (word.length > MAX_WORD || /^[a-z][a-z0-9+.-]*:\/\//i.test(word)) return [];
  const behind = /^(?:--?[\w-]+=|[A-Za-z_]\w*=|@|-[A-Za-z])(.+)$/.exec(word)?.[1];
  return [word, behind]
    .filter((path) => path !== undefined)
    .filter((path) => /^(~|\/|\.\.([/\\]|$)|[A-Za-z]:[/\\])|[/\\]\.\.([/\\]|$)|^\$\{?HOME/.test(path));
}

function expand(path: string, cwd: string): string {
  const home = path.replace(/^(~|\$HOME|\$\{HOME\})(?=\/|$)/, homedir());
  return home.startsWith("~") ? resolve("/home", home.slice(1)) : resolve(cwd, home);
}

const isSensitive = (full: string): boolean =>
  system.test(full) || keepsKeys(full) || full === homedir() || full === "/";

function keepsKeys(full: string): boolean {
  if (!isInside(homedir(), full)) return false;
  return startsWithLogin.test(relative(homedir(), full)) || secretsAtPlace(full) !== null;
}

/** From the home folder, from above it and from its hidden folders a plain word leads to keys: `.ssh/id_rsa`. */
const isNearKeys = (cwd: string): boolean =>
  isInside(cwd, homedir()) || /^\.(?!\.)/.test(relative(homedir(), cwd));
