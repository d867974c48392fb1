import { lstatSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { giveWay } from "../../../../../kernel/slices.ts";
import { secretsAt } from "../../../../inspection/risks/secrets.ts";
import { SMALL_BYTES } from "./small.ts";

const MAX_BYTES = 64 * 1024 * 1024;
const MAX_REMEMBERED = 16;

const SUBMODULE = 0o160000;
const FOLDER = 0o040000;

/** What the index says of a tracked file. */
export interface TrackedFile {
  /** From the top of the work tree, with `/`. */
  readonly path: string;
  readonly object: string;
  readonly size: number;
  readonly modifiedNs: bigint;
  readonly changedNs: bigint;
  /** Its sides of a merge are not put together yet, or it is only meant to be added. */
  readonly isOpen: boolean;
}

/** Of all that is tracked what matters here. */
export interface Tracked {
  /** Files that keep secrets, by the one list. */
  readonly secrets: readonly TrackedFile[];
  /** Folders in which git enters another repository. */
  readonly submodules: readonly string[];
}

const none: Tracked = { secrets: [], submodules: [] };
const remembered = new Map<string, { readonly state: string; readonly tracked: Tracked }>();

/** Looks through a repository's index; null: it can't be read as a whole. What it found it knows until the file changes. */
export async function trackedIn(indexPath: string): Promise<Tracked | null> {
  const state = stateOf(indexPath);
  if (state === null) return none;
  const known = remembered.get(indexPath);
  if (known?.state === state) return known.tracked;
  const found = await pickTracked(indexPath, (entry): TrackedFile | string | null => {
    if (entry.mode === SUBMODULE) return entry.path;
    return secretsAt(entry.path) === null ? null : fileOf(entry);
  });
  if (found === null) return null;
  const tracked: Tracked = {
    secrets: found.filter((one) => typeof one !== "string"),
    submodules: found.filter((one) => typeof one === "string"),
  };
  remembered.delete(indexPath);
  remembered.set(indexPath, { state, tracked });
  const [oldest] = remembered.keys();
  if (remembered.size > MAX_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  return tracked;
}

/** Under which names a content is tracked; null: the index can't be read as a whole. */
export const pathsOfObject = (indexPath: string, object: string): Promise<readonly string[] | null> =>
  pickTracked(indexPath, (entry) => (entry.object() === object ? entry.path : null));

interface Entry {
  readonly path: string;
  readonly mode: number;
  readonly at: number;
  readonly bytes: Buffer;
  readonly flags: number;
  readonly moreFlags: number;
  readonly object: () => string;
}

function fileOf({ path, object, bytes, at, flags, moreFlags }: Entry): TrackedFile {
  return {
    path,
    object: object(),
    changedNs: timeAt(bytes, at),
    modifiedNs: timeAt(bytes, at + 8),
    size: bytes.readUInt32BE(at + 36),
    isOpen: (flags & 0x3000) !== 0 || (moreFlags & 0x2000) !== 0,
  };
}

const timeAt = (bytes: Buffer, at: number): bigint =>
  BigInt(bytes.readUInt32BE(at)) * 1_000_000_000n + BigInt(bytes.readUInt32BE(at + 4));

/** Null: there is something in it that is not read here. An index may build upon another one, beside it. */
async function pickTracked<T>(indexPath: string, pick: (entry: Entry) => T | null): Promise<T[] | null> {
  const own = await picked(indexPath, pick);
  if (own === null || own.shared === "") return own?.found ?? null;
  const base = await picked(join(dirname(indexPath), `sharedindex.${own.shared}`), pick);
  return base?.shared === "" ? [...own.found, ...base.found] : null;
}

interface Picked<T> {
  readonly found: T[];
  /** The name of the index that this one builds upon; "" if there is none. */
  readonly shared: string;
}

async function picked<T>(path: string, pick: (entry: Entry) => T | null): Promise<Picked<T> | null> {
  const bytes = await contentOf(path);
  if (bytes === null || bytes.length < 12 || bytes.toString("latin1", 0, 4) !== "DIRC") return null;
  const version = bytes.readUInt32BE(4);
  if (version < 2 || version > 4) return null;
  // Names of objects are SHA-1, or SHA-256, which the file does not say: only one of them comes out even.
  for (const hashBytes of [20, 32]) {
    const found: T[] = [];
    let hasFolders = false;
    const end = await walk(bytes, { version, hashBytes }, (entry) => {
      hasFolders ||= entry.mode === FOLDER;
      const one = pick(entry);
      if (one !== null) found.push(one);
    });
    const shared = end === null ? null : baseNamed(bytes, end, hashBytes);
    // A folder in it stands for all the files below.
    if (shared !== null && !hasFolders) return { found, shared };
  }
  return null;
}

async function walk(
  bytes: Buffer,
  { version, hashBytes }: { readonly version: number; readonly hashBytes: number },
  tell: (entry: Entry) => void,
): Promise<number | null> {
  const count = bytes.readUInt32BE(8);
  let at = 12;
  let before: Buffer = Buffer.alloc(0);
  for (let i = 0; i < count; i += 1) {
    if (i % 64 === 0) await giveWay();
    const start = at;
    const flagsAt = start + 40 + hashBytes;
    if (flagsAt + 4 > bytes.length) return null;
    const flags = bytes.readUInt16BE(flagsAt);
    const isExtended = version >= 3 && (flags & 0x4000) !== 0;
    const moreFlags = isExtended ? bytes.readUInt16BE(flagsAt + 2) : 0;
    let nameAt = flagsAt + (isExtended ? 4 : 2);
    let kept = 0;
    if (version === 4) {
      const read = lengthAt(bytes, nameAt);
      if (read === null || read.value > before.length) return null;
      kept = before.length - read.value;
      nameAt = read.next;
    }
    const nameEnds = bytes.indexOf(0, nameAt);
    if (nameEnds < 0) return null;
    const own = bytes.subarray(nameAt, nameEnds);
    const name: Buffer = kept === 0 ? own : Buffer.concat([before.subarray(0, kept), own]);
    if (name.length === 0) return null;
    tell({
      path: name.toString("utf8"),
      mode: bytes.readUInt32BE(start + 24) & 0o170000,
      at: start,
      bytes,
      flags,
      moreFlags,
      object: () => bytes.toString("hex", start + 40, start + 40 + hashBytes),
    });
    before = name;
    at = version === 4 ? nameEnds + 1 : start + Math.floor((nameEnds - start + 8) / 8) * 8;
  }
  return at;
}

/** Seven bits a byte, each further one counting on from where the ones before end. */
function lengthAt(bytes: Buffer, from: number): { readonly value: number; readonly next: number } | null {
  let value = 0;
  for (let at = from; at < Math.min(bytes.length, from + 5); at += 1) {
    const byte = bytes[at] ?? 0;
    value = value * 128 + (byte & 0x7f);
    if ((byte & 0x80) === 0) return { value, next: at + 1 };
    value += 1;
  }
  return null;
}

/** Goes through what follows the entries, up to the sum at the end. */
function baseNamed(bytes: Buffer, from: number, hashBytes: number): string | null {
  const end = bytes.length - hashBytes;
  let shared = "";
  let at = from;
  while (at < end) {
    if (at + 8 > end) return null;
    const name = bytes.toString("latin1", at, at + 4);
    const size = bytes.readUInt32BE(at + 4);
    if (!/^[A-Za-z]{4}$/.test(name) || at + 8 + size > end || name === "sdir") return null;
    if (name === "link") shared = bytes.toString("hex", at + 8, at + 8 + hashBytes);
    at += 8 + size;
  }
  if (at !== end) return null;
  return /^0*$/.test(shared) ? "" : shared;
}

async function contentOf(path: string): Promise<Buffer | null> {
  try {
    const info = lstatSync(path);
    if (!info.isFile() || info.size > MAX_BYTES) return null;
    return info.size <= SMALL_BYTES ? readFileSync(path) : await readFile(path);
  } catch {
    return null;
  }
}

/** Null: there is none, so nothing is tracked. */
function stateOf(path: string): string | null {
  const info = lstatSync(path, { throwIfNoEntry: false, bigint: true });
  return info === undefined ? null : `${info.dev}:${info.ino}:${info.size}:${info.mtimeNs}:${info.ctimeNs}`;
}
