import type { Clock } from "./clock.ts";
import type { Migration, SqliteDatabase } from "./database.ts";

/** How far each word index has got. */
export const wordIndexMigrations: readonly Migration[] = [
  {
    id: "20261121-0-word-index",
    sql: "CREATE TABLE word_index_progress (name TEXT PRIMARY KEY, key INTEGER NOT NULL) STRICT, WITHOUT ROWID;",
  },
];

/**
 * A full-text index over rows that are only ever added. It follows them in bulk a moment later, because indexing each
 * row in its own transaction would cost more than storing it; a search first catches up, so it misses nothing.
 */
export interface WordIndex {
  /** Rows were added. */
  touch(): void;
  catchUp(): void;
}

const DELAY_MS = 1_000;
const ROWS_PER_STEP = 500;

export function createWordIndex(
  db: SqliteDatabase,
  clock: Clock,
  names: {
    /** The FTS5 table; its rowid is the row's key. */
    readonly index: string;
    readonly table: string;
    /** Column of the index to column of the table. */
    readonly columns: Readonly<Record<string, string>>;
  },
): WordIndex {
  const { index, table, columns } = names;
  const progress = db.prepare<[string], number>("SELECT key FROM word_index_progress WHERE name = ?").pluck();
  const setProgress = db.prepare<[string, number]>(
    "INSERT INTO word_index_progress (name, key) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET key = excluded.key",
  );
  const lastOfStep = db
    .prepare<[number, number], number | null>(
      `SELECT max(key) FROM (SELECT key FROM ${table} WHERE key > ? ORDER BY key LIMIT ?)`,
    )
    .pluck();
  const addStep = db.prepare<[number, number]>(
    `INSERT INTO ${index} (rowid, ${Object.keys(columns).join(", ")})
     SELECT key, ${Object.values(columns).join(", ")} FROM ${table} WHERE key > ? AND key <= ?`,
  );
  let isDue = true;
  let isScheduled = false;

  /** Returns whether rows may be left. */
  const step = db.transaction((): boolean => {
    const from = progress.get(index) ?? 0;
    const to = lastOfStep.get(from, ROWS_PER_STEP) ?? null;
    if (to === null) return false;
    addStep.run(from, to);
    setProgress.run(index, to);
    return true;
  });

  const later = () => {
    isScheduled = false;
    if (!db.open || !isDue) return;
    try {
      isDue = step.immediate();
    } catch {
      // Nobody waits for this one. It stays due, and a search that needs it fails aloud.
      return;
    }
    if (isDue) schedule(0);
  };
  const schedule = (ms: number) => {
    if (isScheduled) return;
    isScheduled = true;
    clock.after(ms, later);
  };

  return {
    touch() {
      isDue = true;
      schedule(DELAY_MS);
    },
    catchUp() {
      while (isDue) isDue = step.immediate();
    },
  };
}
