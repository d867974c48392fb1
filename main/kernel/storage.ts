import { keepLogShort } from "./checkpoints.ts";
import type { SqliteDatabase } from "./database.ts";
import { createGroupCommit, type GroupCommit } from "./group-commit.ts";
import { createReaderThread } from "./reader-thread.ts";
import { readOnTheSpot, type Readers } from "./readers.ts";

/** One database as the areas use it: a writer, whose writes are grouped, and readers beside it. */
export interface Storage {
  /** The writer. What is short and often read goes through it too. */
  readonly db: SqliteDatabase;
  readonly commit: GroupCommit;
  readonly readers: Readers;
}

export interface OpenStorage extends Storage {
  /** Commits what is queued, then lets go of the file. */
  close(): Promise<void>;
}

/** @param report gets what those throw who are told of a commit. */
export function createStorage(db: SqliteDatabase, report: (error: unknown) => void): OpenStorage {
  const commit = createGroupCommit(db, report);
  const flush = () => commit.flush();
  const readers = db.memory ? readOnTheSpot(db, flush) : createReaderThread(db.name, flush);
  const leaveLog = keepLogShort(db, readers);
  return {
    db,
    commit,
    readers,
    async close() {
      commit.flush();
      leaveLog();
      await readers.close();
      db.close();
    },
  };
}
