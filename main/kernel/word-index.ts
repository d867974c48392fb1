import { performance } from "node:perf_hooks";
import type { Clock } from "./clock.ts";
import type { Migration } from "./database.ts";
import type { Storage } from "./storage.ts";

export const wordIndexMigrations: readonly Migration[] = [
  {
    id: "20261121-0-word-index",
    sql: "CREATE TABLE word_index_progress (name TEXT PRIMARY KEY, key INTEGER NOT NULL) STRICT, WITHOUT ROWID;",
  },
  {
    // Rows that an index has passed already and that were changed or deleted since.
    id: "20261121-4-word-index",
    sql: `CREATE TABLE word_index_changes (
      name TEXT NOT NULL, key INTEGER NOT NULL, PRIMARY KEY (name, key)
    ) STRICT, WITHOUT ROWID;`,
  },
];

/**
 * A step that makes an index anew: nothing is lost, since it is built from the rows once more, in slices. The sizes of
 * merges are chosen here and not by FTS5, which would now and then merge all there is while everybody waits.
 */
export const wordIndexSql = (index: string, columns: string) => `
  DROP TABLE IF EXISTS ${index};
  DELETE FROM word_index_progress WHERE name = '${index}';
  CREATE VIRTUAL TABLE ${index} USING fts5 (
    ${columns}, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2"
  );
  INSERT INTO ${index} (${index}, rank) VALUES ('automerge', 0);
  INSERT INTO ${index} (${index}, rank) VALUES ('crisismerge', 1999);
  INSERT INTO ${index} (${index}, rank) VALUES ('usermerge', 8);
`;

/** Where an index lies. */
export const wordIndexTables = (index: string): readonly string[] =>
  ["", "_data", "_idx", "_docsize", "_config"].map((part) => `${index}${part}`);

/**
 * A full-text index that follows the rows of a table a moment later, because indexing each row in its own transaction
 * would cost more than storing it. It works in slices that hold up nothing else; who searches waits until it is there.
 */
export interface WordIndex {
  /** A row was added, changed or deleted. Part of the transaction that does so. */
  changed(key: number): void;
  /** Resolves once it holds all that was written before; on a disk that takes nothing, all that it can hold. */
  caughtUp(): Promise<void>;
}

const DELAY_MS = 1_000;
const PAUSE_MS = 10;
/** A slice that took longer makes the next ones smaller. */
const SLICE_MS = 3;
const MAX_PAGES = 32;

export function createWordIndex(
  { db, commit, health }: Pick<Storage, "db" | "commit" | "health">,
  clock: Clock,
  names: {
    /** The FTS5 table, made by `wordIndexSql`; its rowid is the row's key. */
    readonly index: string;
    readonly table: string;
    /** Column of the index to column of the table. */
    readonly columns: Readonly<Record<string, string>>;
  },
  stopwatch: () => number = () => performance.now(),
): WordIndex {
  const { index, table, columns } = names;
  const progress = db.prepare<[string], number>("SELECT key FROM word_index_progress WHERE name = ?").pluck();
  const setProgress = db.prepare<[string, number]>(
    "INSERT INTO word_index_progress (name, key) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET key = excluded.key",
  );
  const nextAdded = db
    .prepare<[number], number>(`SELECT key FROM ${table} WHERE key > ? ORDER BY key LIMIT 1`)
    .pluck();
  const nextChanged = db
    .prepare<[string], number>("SELECT key FROM word_index_changes WHERE name = ? ORDER BY key LIMIT 1")
    .pluck();
  const noteChange = db.prepare<[string, number]>(
    "INSERT OR IGNORE INTO word_index_changes (name, key) VALUES (?, ?)",
  );
  const forgetChange = db.prepare<[string, number]>(
    "DELETE FROM word_index_changes WHERE name = ? AND key = ?",
  );
  const add = db.prepare<[number]>(
    `INSERT INTO ${index} (rowid, ${Object.keys(columns).join(", ")})
     SELECT key, ${Object.values(columns).join(", ")} FROM ${table} WHERE key = ?`,
  );
  const remove = db.prepare<[number]>(`DELETE FROM ${index} WHERE rowid = ?`);
  const merge = db.prepare<[number]>(`INSERT INTO ${index} (${index}, rank) VALUES ('merge', ?)`);
  const changes = db.prepare<[], number>("SELECT total_changes()").pluck();

  let indexedTo = progress.get(index) ?? 0;
  let isDue = true;
  let mayMerge = false;
  let isScheduled = false;
  let catchingUp: Promise<void> | null = null;
  /** How long rows are added, so that with the commit it is a slice; and how many pages make one. */
  let addingMs = SLICE_MS / 4;
  let pages = 8;

  /** The next row is indexed as it is now. Returns how far added rows are indexed then, null when none is left. */
  const indexNext = (from: number): number | null => {
    const changed = nextChanged.get(index);
    if (changed !== undefined) {
      remove.run(changed);
      add.run(changed);
      forgetChange.run(index, changed);
      return from;
    }
    const added = nextAdded.get(from);
    if (added === undefined) return null;
    add.run(added);
    return added;
  };

  const addRows = db.transaction((began: number): { to: number; isDone: boolean } => {
    const from = progress.get(index) ?? 0;
    let to = from;
    for (;;) {
      const next = indexNext(to);
      if (next !== null) to = next;
      if (next !== null && stopwatch() - began < addingMs) continue;
      if (to !== from) setProgress.run(index, to);
      return { to, isDone: next === null };
    }
  });

  const addSlice = () => {
    const began = stopwatch();
    const { to, isDone } = addRows.immediate(began);
    indexedTo = to;
    isDue = !isDone;
    mayMerge = true;
    addingMs = Math.min(SLICE_MS, addingMs * paceAfter(stopwatch() - began));
  };

  const mergeSlice = () => {
    const began = stopwatch();
    const before = changes.get() ?? 0;
    merge.run(Math.max(1, Math.round(pages)));
    mayMerge = (changes.get() ?? 0) - before >= 2;
    // That there was nothing to do says nothing about how long it would take.
    if (mayMerge) pages = Math.min(MAX_PAGES, Math.max(1, pages * paceAfter(stopwatch() - began)));
  };

  const later = () => {
    isScheduled = false;
    if (!db.open || catchingUp !== null) return;
    try {
      if (mayMerge) mergeSlice();
      else if (isDue) addSlice();
    } catch {
      // Nobody waits for this one. It stays due, and a search that needs it fails aloud.
      return;
    }
    if (isDue || mayMerge) schedule(PAUSE_MS);
  };
  const schedule = (ms: number) => {
    if (isScheduled) return;
    isScheduled = true;
    clock.after(ms, later);
  };

  const catchUp = async () => {
    while (isDue) {
      addSlice();
      await turn();
      if (mayMerge) {
        mergeSlice();
        await turn();
      }
    }
  };

  return {
    changed(key) {
      if (key <= indexedTo) noteChange.run(index, key);
      isDue = true;
      schedule(DELAY_MS);
    },
    async caughtUp() {
      commit.flush();
      if (!isDue) return;
      catchingUp ??= catchUp().finally(() => {
        catchingUp = null;
        if (db.open && (isDue || mayMerge)) schedule(PAUSE_MS);
      });
      try {
        await catchingUp;
      } catch (error) {
        // What is indexed can be found all the same.
        if (health.noticed(error) === error) throw error;
      }
    },
  };
}

/** By how much more the next slice may do; never much more at once, for what comes may be larger. */
function paceAfter(tookMs: number): number {
  return Math.min(1.5, Math.max(0.5, SLICE_MS / Math.max(tookMs, 0.001)));
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
