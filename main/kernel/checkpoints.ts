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
export function keepLogShort(
  db: SqliteDatabase,
  readers: Readers,
  noticed: (error: unknown) => unknown,
): () => void {
  if (db.memory) return () => {};
  let last = 0;
  let timer: NodeJS.Timeout;
  const look = () => {
    if (!db.open) return;
    const { log, checkpointed } = stateOf(db, noticed) ?? { log: 0, checkpointed: 0 };
    if (log - checkpointed >= (log < LONG_PAGES ? WORTH_IT_PAGES : LITTLE_PAGES)) readers.checkpoint();
    timer = setTimeout(look, log === last ? OTHERWISE_MS : WHILE_WRITTEN_MS).unref();
    last = log;
  };
  look();
  return () => clearTimeout(timer);
}

/** Within a transaction nobody is told, nor by a disk that does not work; the next look is. */
function stateOf(db: SqliteDatabase, noticed: (error: unknown) => unknown): LogState | undefined {
  if (db.inTransaction) return undefined;
  try {
    return (db.pragma("wal_checkpoint(NOOP)") as LogState[])[0];
  } catch (error) {
    noticed(error);
    return undefined;
  }
}
