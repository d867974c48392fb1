import { chmodSync, closeSync, openSync, statSync } from "node:fs";
import Database from "better-sqlite3";

export type SqliteDatabase = Database.Database;

/** `id` sorts in the order of application: `20261121-1-runs`. What has been released is never edited. */
export interface Migration {
  readonly id: string;
  readonly sql: string;
}

/**
 * Opens or creates the database and brings its schema up to date.
 *
 * Contract: throws with a plain message when the file can't be opened, is damaged, or was written by a newer version;
 * nothing is changed then.
 */
export function openDatabase(file: string, migrations: readonly Migration[]): SqliteDatabase {
  let db: SqliteDatabase | undefined;
  try {
    db = openPrivately(file);
    claim(db);
    db.pragma("journal_mode = WAL");
    db.pragma("synchronous = NORMAL");
    db.pragma("foreign_keys = ON");
    // The log is written in bulk and read little: a modest cache keeps resident memory low.
    db.pragma("cache_size = -4096");
    db.pragma("journal_size_limit = 33554432");
    db.pragma("wal_autocheckpoint = 4000");
    migrate(db, migrations);
    return db;
  } catch (cause) {
    db?.close();
    throw new Error(`The database ${file} can't be used: ${(cause as Error).message}`, { cause });
  }
}

/** Files beside the database take over its mode, so it has to be right before there are any. */
function openPrivately(file: string): SqliteDatabase {
  if (file !== ":memory:") {
    // An existing one must not be opened and closed here: closing lets go of every lock this process has on it.
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) closeSync(openSync(file, "wx", 0o600));
    else if (found.isFile()) chmodSync(file, 0o600);
  }
  const nativeBinding = process.env["GATEHOUSE_SQLITE_BINDING"];
  return new Database(file, nativeBinding === undefined ? {} : { nativeBinding });
}

/** One process per database, for as long as it lives: the system lets go of the lock however the process ends. */
function claim(db: SqliteDatabase): void {
  db.pragma("busy_timeout = 0");
  db.pragma("locking_mode = EXCLUSIVE");
  try {
    db.exec("BEGIN EXCLUSIVE; COMMIT");
  } catch (cause) {
    if (!(cause as { code?: string }).code?.startsWith("SQLITE_BUSY")) throw cause;
    throw new Error("another Gatehouse is using it", { cause });
  }
}

function migrate(db: SqliteDatabase, migrations: readonly Migration[]): void {
  db.exec("CREATE TABLE IF NOT EXISTS migrations (id TEXT PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT");
  const applied = new Set(db.prepare<[], string>("SELECT id FROM migrations").pluck().all());
  const known = new Set(migrations.map((migration) => migration.id));
  const foreign = [...applied].filter((id) => !known.has(id));
  if (foreign.length > 0) {
    throw new Error(`it was written by a newer Gatehouse (unknown schema step ${foreign[0]})`);
  }
  const record = db.prepare("INSERT INTO migrations (id, applied_at) VALUES (?, ?)");
  const due = migrations.filter((migration) => !applied.has(migration.id));
  for (const migration of due.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    db.transaction(() => {
      db.exec(migration.sql);
      record.run(migration.id, Date.now());
    })();
  }
}
