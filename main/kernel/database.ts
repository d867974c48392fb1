import { dirname, join, parse } from "node:path";
import { holdFile } from "./file-lock.ts";
import { migrate, type Migration } from "./migration.ts";
import { connect, createPrivately, type SqliteDatabase } from "./sqlite.ts";
import { troubleIn, type StorageTrouble } from "./storage-health.ts";

export type { Migration, SqliteDatabase };

/**
 * Opens or creates the database for this process alone and brings its schema up to date. Closing it lets another
 * process have it.
 *
 * Contract: throws with a plain message when the file can't be opened, is damaged, is in use by another Gatehouse, or
 * was written by a newer version; nothing is changed then.
 *
 * @param beforeOpening is called once no other process can have it, and before anything is open.
 */
export function openDatabase(
  file: string,
  migrations: readonly Migration[],
  beforeOpening: () => void = () => {},
): SqliteDatabase {
  let db: SqliteDatabase | undefined;
  let letGo = () => {};
  try {
    if (file !== IN_MEMORY) {
      letGo = claim(file);
      beforeOpening();
      createPrivately(file);
    }
    db = connect(file, { timeout: BUSY_TIMEOUT_MS });
    closeAlso(db, letGo);
    if (isEmpty(db)) {
      // Room that is not needed any more can be given back a little at a time then.
      db.pragma("auto_vacuum = INCREMENTAL");
    }
    db.pragma("journal_mode = WAL");
    db.pragma("synchronous = NORMAL");
    db.pragma("foreign_keys = ON");
    // The log is written in bulk and read little: a modest cache keeps resident memory low.
    db.pragma("cache_size = -4096");
    db.pragma("journal_size_limit = 33554432");
    // Done beside the writer as a rule (`checkpoints.ts`), and by it when that lags behind.
    db.pragma("wal_autocheckpoint = 12000");
    migrate(db, migrations);
    return db;
  } catch (cause) {
    if (db === undefined) letGo();
    else db.close();
    throw new Error(`The database ${file} can't be used: ${sayWhy(cause, file)}`, { cause });
  }
}

const isEmpty = (db: SqliteDatabase) => db.pragma("page_count", { simple: true }) === 0;

/** A further connection that reads what this process's one writer has committed, while that writes on. */
export function openReader(file: string): SqliteDatabase {
  const db = connect(file, { timeout: BUSY_TIMEOUT_MS, readonly: true });
  db.pragma("cache_size = -4096");
  return db;
}

/** A connection that writes nothing of its own: it carries over what the writer has put into the log. */
export function openCheckpointer(file: string): SqliteDatabase {
  const db = connect(file, { timeout: 0 });
  db.pragma("synchronous = NORMAL");
  db.pragma("wal_autocheckpoint = 0");
  return db;
}

const IN_MEMORY = ":memory:";
/** Nobody else writes; a tool that looks at the file may hold it for a moment. */
const BUSY_TIMEOUT_MS = 1_000;

export const lockOf = (file: string): string => join(dirname(file), `${parse(file).name}.lock`);

/** One process per database, for as long as it lives. */
function claim(file: string): () => void {
  try {
    return holdFile(lockOf(file));
  } catch (cause) {
    if (!isBusy(cause)) throw cause;
    throw new Error(IN_USE, { cause });
  }
}

const IN_USE = "another Gatehouse is using it";

const WORDS: Readonly<Partial<Record<StorageTrouble, string>>> = {
  full: "the disk is full. Free some space and start again",
  read_only: "the disk can only be read",
};

function sayWhy(cause: unknown, file: string): string {
  // One of before the lock file holds the database itself.
  if (isBusy(cause)) return IN_USE;
  const trouble = troubleIn(cause, file);
  return (trouble === null ? undefined : WORDS[trouble]) ?? (cause as Error).message;
}

function isBusy(error: unknown): boolean {
  return (error as { code?: string }).code?.startsWith("SQLITE_BUSY") === true;
}

function closeAlso(db: SqliteDatabase, letGo: () => void): void {
  const close = db.close.bind(db);
  db.close = () => {
    close();
    letGo();
    return db;
  };
}
