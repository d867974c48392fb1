import type { SqliteDatabase } from "./database.ts";

export type SqlValue = string | number | null;

/** Rows of one statement. Once the signal aborts nobody gets them, and it stops at the next row. */
export type ReadStatement<P extends readonly SqlValue[], Row> = (
  params: P,
  signal?: AbortSignal,
) => Promise<Row[]>;

/**
 * Reads that may take long, off the main thread. What this process had written when a read is asked for, it sees: also
 * what was only queued.
 */
export interface Readers {
  /** The statement is prepared where it runs, once. */
  statement<P extends readonly SqlValue[], Row>(sql: string): ReadStatement<P, Row>;
  /** Carries the log over into the database file when nothing else is to be done; nobody waits for it. */
  checkpoint(): void;
  /** Refuses what still waits. The connections are closed when it resolves. */
  close(): Promise<void>;
}

/**
 * For a database in memory, which has no second connection.
 *
 * @param flush commits what is queued for the writer `db`.
 */
export function readOnTheSpot(db: SqliteDatabase, flush: () => void): Readers {
  return {
    statement<P extends readonly SqlValue[], Row>(sql: string): ReadStatement<P, Row> {
      const prepared = db.prepare<SqlValue[], Row>(sql);
      return async (params, signal) => {
        signal?.throwIfAborted();
        flush();
        const rows = prepared.all(...params);
        await Promise.resolve();
        signal?.throwIfAborted();
        return rows;
      };
    },
    checkpoint: () => {},
    close: () => Promise.resolve(),
  };
}
