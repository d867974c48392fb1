import type { Migration } from "./migration.ts";
import type { SqliteDatabase } from "./sqlite.ts";

/** What is kept in an index outside of the database, and so has to be told of what was changed or deleted. */
export type ChangedSource = "message" | "memory";

export const changedRowsMigrations: readonly Migration[] = [
  {
    id: "20261122-5-changed-rows",
    // Numbers are never given twice, so that who has read up to one misses nothing that comes after it.
    sql: `
      CREATE TABLE changed_rows (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        source TEXT NOT NULL,
        key INTEGER NOT NULL
      ) STRICT;
    `,
  },
];

/**
 * A log of rows that are not any more what they were. Whoever keeps an index outside of the database reads it in the
 * order of `seq`, and takes out what it has followed. Rows that were only added are found by their keys instead.
 */
export interface ChangedRows {
  /** Part of the transaction that changes or deletes the row. */
  note(source: ChangedSource, key: number): void;
  /** What was noted up to `seq` has been followed. */
  forget(seq: number): void;
}

export function createChangedRows(db: SqliteDatabase): ChangedRows {
  const insert = db.prepare<[ChangedSource, number]>("INSERT INTO changed_rows (source, key) VALUES (?, ?)");
  const remove = db.prepare<[number]>("DELETE FROM changed_rows WHERE seq <= ?");
  return {
    note: (source, key) => void insert.run(source, key),
    forget: (seq) => void remove.run(seq),
  };
}
