import type { SqliteDatabase } from "./database.ts";
import type { Readers } from "./readers.ts";

/** SQLite's word for how long the log is, and how much of that is in the database file already, in pages. */
interface LogState {
  readonly log: number;
  readonly checkpointed: number;
}

/** Earlier is dearer: a page that is written again and again is carried over once. */
const WORTH_IT_PAGES = 4_000;
/** From here on the writer is about to do what is left, so little should be. */
const LONG_PAGES = 8_000;
const LITTLE_PAGES = 250;
const WHILE_WRITTEN_MS = 250;
const OTHERWISE_MS = 2_000;

/**
 * Has the log carried over into the database file before it is so long that the writer would have to do it, which
 * takes tens of milliseconds of everybody's time. The result ends it.
 */
export function keepLogShort(db: SqliteDatabase, readers: Readers): () => void {
  if (db.memory) return () => {};
  let last = 0;
  let timer: NodeJS.Timeout;
  const look = () => {
    if (!db.open) return;
    // Within a transaction nobody is told; the next look is.
    const states = db.inTransaction ? [] : (db.pragma("wal_checkpoint(NOOP)") as LogState[]);
    const { log, checkpointed } = states[0] ?? { log: 0, checkpointed: 0 };
    if (log - checkpointed >= (log < LONG_PAGES ? WORTH_IT_PAGES : LITTLE_PAGES)) readers.checkpoint();
    timer = setTimeout(look, log === last ? OTHERWISE_MS : WHILE_WRITTEN_MS).unref();
    last = log;
  };
  look();
  return () => clearTimeout(timer);
}
