import { closeSync, openSync, rmSync, statfsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { AppError } from "../contract/errors.ts";
import { randomHex } from "./random-id.ts";

/**
 * What keeps the record from being written or read; null when nothing does. `moved`: what is written goes into files that
 * nobody finds again. `replaced`: another database takes over at the next start.
 */
export type StorageTrouble = "full" | "read_only" | "failing" | "damaged" | "moved" | "replaced";

/** Whether the database takes what is written, as its last use has shown. */
export interface StorageHealth {
  current(): StorageTrouble | null;
  /**
   * Looks at what a use of the database threw, and gives back what to tell the caller: where the disk or the file is to
   * blame, an error that says so.
   */
  noticed(error: unknown): unknown;
  /**
   * Contract: throws once the file is damaged, moved away or to be replaced. What is written to it then may be lost, and may
   * destroy more.
   */
  mayWrite(): void;
  /** From now on, for as long as this process lives, nothing is written: the next start has another database. */
  replaced(): void;
  /** Told of every change. */
  listen(listener: (trouble: StorageTrouble | null) => void): void;
  /** No more looking whether it works again. */
  stop(): void;
}

const LOOK_MS = 1_000;
const PLACE_MS = 2_000;
/** Nothing that works again changes these. */
const STAYS: ReadonlySet<StorageTrouble | null> = new Set<StorageTrouble>(["damaged", "replaced"]);
const TAKES_NOTHING: ReadonlySet<StorageTrouble | null> = new Set<StorageTrouble>([
  "damaged",
  "moved",
  "replaced",
]);
/** Less is used up by the next request. */
const ENOUGH_BYTES = 512 * 1024;

/**
 * @param writeSomething throws unless the database takes a write.
 * @param places files that have to stay where they are: what took another's place, or is gone, is looked for now and then.
 */
export function createStorageHealth(
  file: string,
  writeSomething: () => void,
  places: readonly string[] = [],
): StorageHealth {
  let trouble: StorageTrouble | null = null;
  let timer: NodeJS.Timeout | undefined;
  const listeners: ((trouble: StorageTrouble | null) => void)[] = [];

  const become = (now: StorageTrouble | null) => {
    if (trouble === now) return;
    trouble = now;
    if (now !== null && !STAYS.has(now)) timer ??= setInterval(look, LOOK_MS).unref();
    else stopLooking();
    for (const listener of listeners) listener(now);
  };

  const stopLooking = () => {
    clearInterval(timer);
    timer = undefined;
  };

  const identities = places.map(identityOf);
  const isInPlace = () => places.every((place, at) => identityOf(place) === identities[at]);
  const lookAround = () => {
    if (!STAYS.has(trouble) && !isInPlace()) become("moved");
  };
  const placeTimer = places.length === 0 ? undefined : setInterval(lookAround, PLACE_MS).unref();

  const look = () => {
    if (!isInPlace()) return become("moved");
    try {
      if (trouble === "full" && freeBytes(file) < ENOUGH_BYTES) return;
      writeSomething();
    } catch (error) {
      const found = troubleIn(error, file);
      // Anything else is no answer to the question.
      if (found !== null) become(found);
      return;
    }
    become(null);
  };

  return {
    current: () => trouble,
    noticed(error) {
      const found = troubleIn(error, file);
      if (found === null) return error;
      if (!STAYS.has(trouble)) become(found);
      return new AppError("request.not_recorded", 507, WORDS[found], { cause: error });
    },
    mayWrite() {
      if (trouble === null || !TAKES_NOTHING.has(trouble)) return;
      throw new AppError("request.not_recorded", 507, WORDS[trouble]);
    },
    replaced: () => become("replaced"),
    listen: (listener) => void listeners.push(listener),
    stop() {
      stopLooking();
      clearInterval(placeTimer);
    },
  };
}

const WORDS: Readonly<Record<StorageTrouble, string>> = {
  full: "The disk is full. This can't be put on record, so it was not done.",
  read_only: "The disk can only be read. This can't be put on record, so it was not done.",
  failing: "The disk refuses to work. This can't be put on record, so it was not done.",
  damaged: "The database is damaged. Nothing can be put on record, so this was not done.",
  moved:
    "The database, or its lock, was moved or deleted while Gatehouse runs. Nothing can be put on record, so this was not done.",
  replaced:
    "Another database takes over when Gatehouse is started anew. Until then nothing is put on record, so this was not done.",
};

/** Null for what is not there. */
function identityOf(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? null : `${found.dev}:${found.ino}`;
}

/** Null for what says nothing about disk or file: a constraint, a mistake in a statement. */
export function troubleIn(error: unknown, file: string): StorageTrouble | null {
  const { code } = error as { readonly code?: unknown };
  if (typeof code !== "string") return null;
  if (code === "ENOSPC") return "full";
  if (code === "EROFS") return "read_only";
  if (code === "SQLITE_FULL") return "full";
  if (code.startsWith("SQLITE_READONLY")) return "read_only";
  if (code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_NOTADB") return "damaged";
  if (!code.startsWith("SQLITE_IOERR") && !code.startsWith("SQLITE_CANTOPEN")) return null;
  return whyNot(file);
}

/** What the system says of a disk on which SQLite could not work. */
function whyNot(file: string): StorageTrouble {
  try {
    if (freeBytes(file) < ENOUGH_BYTES) return "full";
    // Some say only then that they can't be written.
    const probe = `${file}.${randomHex()}.tmp`;
    closeSync(openSync(probe, "wx", 0o600));
    rmSync(probe);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EROFS") return "read_only";
    if (code === "ENOSPC") return "full";
  }
  return "failing";
}

function freeBytes(file: string): number {
  const { bavail, bsize } = statfsSync(dirname(file));
  return bavail * bsize;
}
