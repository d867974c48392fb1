import { copyFileSync, constants, chmodSync, existsSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileStamp } from "./backups.ts";
import { newestIncident, recordIncident, type Incident } from "./incidents.ts";
import { migrate, type Migration } from "./migration.ts";
import { randomHex } from "./random-id.ts";
import { connect, createPrivately } from "./sqlite.ts";
import { syncFile, syncFolder } from "./sync.ts";

/**
 * How another database takes the place of one that is damaged, gone or given up, so that the power may go at any
 * moment: the whole new one, which says itself why it came and under which name the old one is kept, is made under a
 * name that means nothing. Giving it its second name, `….next`, is the decision; from then on every start finishes what
 * is left to do, and nothing but a start does it.
 */
const nextOf = (file: string) => `${file}.next`;
/** There from opening to closing, so that after a kill it is missed that a log is not there. */
export const markOf = (file: string): string => `${file}.open`;

/** Checked whole only while that takes no time that anybody could notice; larger ones are, soon after the start. */
const MAX_CHECKED_BYTES = 16 * 1024 * 1024;
/** A new database that was killed in its first moments has no more. */
const MAX_UNBORN_BYTES = 8 * 1024;
const BUSY_TIMEOUT_MS = 1_000;

/** @param from a backup; null begins with an empty history. */
export function prepareNext(
  file: string,
  migrations: readonly Migration[],
  { from, ...why }: Omit<Incident, "keptAs"> & { readonly from: string | null },
): void {
  const temporary = `${file}.${randomHex()}.tmp`;
  try {
    if (from === null) createPrivately(temporary);
    else {
      copyFileSync(from, temporary, constants.COPYFILE_EXCL);
      chmodSync(temporary, 0o600);
    }
    const db = connect(temporary, { timeout: 0 });
    try {
      db.pragma("journal_mode = DELETE");
      const found = db.pragma("quick_check(1)", { simple: true });
      if (found !== "ok") throw new Error(`the backup is damaged: ${String(found)}`);
      migrate(db, migrations);
      recordIncident(db, { ...why, keptAs: nameToKeep(file, why) });
    } finally {
      db.close();
    }
    syncFile(temporary);
    renameSync(temporary, nextOf(file));
    syncFolder(dirname(file));
  } catch (error) {
    for (const left of [temporary, `${temporary}-journal`]) rmSync(left, { force: true });
    throw error;
  }
}

/** Null when there is nothing to keep. */
function nameToKeep(file: string, { at, kind }: Pick<Incident, "at" | "kind">): string | null {
  if (![file, `${file}-wal`].some((path) => existsSync(path))) return null;
  const stem = `gatehouse-${kind === "restored" ? "before-restore" : kind}-${fileStamp(at)}`;
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? `${stem}.db` : `${stem}-${count}.db`;
    if (![name, `${name}-wal`].some((each) => existsSync(join(dirname(file), each)))) return name;
  }
}

/** Puts in place what was prepared, if anything was. Only for who holds the database's lock. */
export function finishNext(file: string): void {
  const next = nextOf(file);
  if (!existsSync(next)) return;
  const folder = dirname(file);
  const keptAs = keptNameIn(next);
  if (keptAs !== null) {
    // What the log holds belongs to the file, so that both go under the same name before anything takes over.
    for (const end of ["-wal", ""]) {
      if (existsSync(`${file}${end}`)) renameSync(`${file}${end}`, join(folder, `${keptAs}${end}`));
    }
    syncFolder(folder);
  }
  if (existsSync(file)) throw new Error(`${basename(next)} is to take over, but not what is there`);
  // What takes over was never open, and has no log to miss.
  for (const end of [`${file}-shm`, markOf(file)]) rmSync(end, { force: true });
  renameSync(next, file);
  syncFolder(folder);
}

function keptNameIn(next: string): string | null {
  const db = connect(next, { timeout: BUSY_TIMEOUT_MS, readonly: true });
  try {
    const keptAs = newestIncident(db)?.keptAs ?? null;
    return keptAs === null ? null : basename(keptAs);
  } finally {
    db.close();
  }
}

/**
 * Why the database can't be gone on with; null when nothing was found. Without a database, and without anything that
 * says there was one, it is a first start.
 *
 * Contract: throws what says nothing about the file itself, such as a disk that does not work; changes nothing.
 */
export function whatIsWrong(file: string, hasBackups: boolean): Pick<Incident, "kind" | "detail"> | null {
  const bytes = statSync(file, { throwIfNoEntry: false })?.size;
  const logBytes = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  const wasThere = hasBackups || logBytes > 0;
  if (bytes === undefined) return wasThere ? { kind: "missing", detail: "the file is gone" } : null;
  if (bytes === 0) return wasThere ? { kind: "damaged", detail: "the file is empty" } : null;
  const detail = damageIn(file, { bytes, logBytes, wasThere });
  return detail === null ? null : { kind: "damaged", detail };
}

function damageIn(
  file: string,
  { bytes, logBytes, wasThere }: { bytes: number; logBytes: number; wasThere: boolean },
): string | null {
  const db = connect(file, { timeout: BUSY_TIMEOUT_MS, readonly: true });
  try {
    const tables = db.prepare<[], number>("SELECT count(*) FROM sqlite_schema").pluck().get() ?? 0;
    if (tables === 0 && (wasThere || bytes > MAX_UNBORN_BYTES)) return "nothing is in it";
    if (bytes + logBytes <= MAX_CHECKED_BYTES) {
      const found = db.pragma("quick_check(1)", { simple: true });
      return found === "ok" ? null : String(found);
    }
    const pages = Number(db.pragma("page_count", { simple: true }));
    const isCutOff = logBytes === 0 && pages * Number(db.pragma("page_size", { simple: true })) > bytes;
    return isCutOff ? "the file is cut off" : null;
  } catch (error) {
    if (!isDamage(error)) throw error;
    return (error as Error).message;
  } finally {
    db.close();
  }
}

const isDamage = (error: unknown): boolean =>
  /^SQLITE_(CORRUPT|NOTADB)/.test((error as { readonly code?: string }).code ?? "");

/** Whether a start has left this database unchecked. */
export const isTooLargeForStart = (file: string): boolean =>
  (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_CHECKED_BYTES;
