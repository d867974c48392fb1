import { keepLogShort } from "./checkpoints.ts";
import { lockOf, type SqliteDatabase } from "./database.ts";
import { createGroupCommit, type GroupCommit } from "./group-commit.ts";
import { createReaderThread } from "./reader-thread.ts";
import { readOnTheSpot, type Readers } from "./readers.ts";
import { createStorageHealth, type StorageHealth } from "./storage-health.ts";

/** One database as the areas use it: a writer, whose writes are grouped, and readers beside it. */
export interface Storage {
  /** The writer. What is short and often read goes through it too. */
  readonly db: SqliteDatabase;
  readonly commit: GroupCommit;
  readonly readers: Readers;
  /** Whether what is written gets on record. */
  readonly health: StorageHealth;
}

export interface OpenStorage extends Storage {
  /** Commits what is queued, then lets go of the file. */
  close(): Promise<void>;
}

/** @param report gets what those throw who are told of a commit. */
export function createStorage(db: SqliteDatabase, report: (error: unknown) => void): OpenStorage {
  const health = createStorageHealth(db.name, () => touch(db), db.memory ? [] : [db.name, lockOf(db.name)]);
  const commit = createGroupCommit(db, report, health);
  const flush = () => commit.flush();
  const readers = db.memory ? readOnTheSpot(db, flush) : createReaderThread(db.name, flush, health.noticed);
  const leaveLog = keepLogShort(db, readers, health.noticed);
  return {
    db,
    commit,
    readers,
    health,
    async close() {
      commit.flush();
      health.stop();
      leaveLog();
      await readers.close();
      db.close();
    },
  };
}

/** Writes something that changes nothing. */
function touch(db: SqliteDatabase): void {
  if (db.inTransaction) return;
  db.exec("BEGIN IMMEDIATE");
  try {
    db.exec("UPDATE migrations SET applied_at = applied_at WHERE rowid = 1; COMMIT");
  } catch (error) {
    // A full disk has rolled it back already.
    if (db.inTransaction) db.exec("ROLLBACK");
    throw error;
  }
}
