import type { SqliteDatabase } from "../../../kernel/database.ts";
import { EVENTS_PER_RUN } from "./event-store.ts";

/** Events of one run as they were committed together; see `migrations.ts` for their position. */
export interface Chunk {
  readonly position: number;
  readonly body: string;
}

/** What is left of one run's log. */
export interface LogLeft {
  /** Null as long as the run goes on; a log without a run has no end either. */
  readonly endedAt: number | null;
  /** Where the next run's log would begin. */
  readonly end: number;
  /** From the first on, read as far as they are taken. */
  readonly chunks: () => Iterable<Chunk>;
}

export type ArchiveStore = ReturnType<typeof createArchiveStore>;

export function createArchiveStore(db: SqliteDatabase) {
  const nextChunk = db
    .prepare<[number], number>("SELECT position FROM run_events WHERE position > ? ORDER BY position LIMIT 1")
    .pluck();
  const chunksOf = db.prepare<[number, number], Chunk>(
    "SELECT position, body FROM run_events WHERE position > ? AND position <= ? ORDER BY position",
  );
  const endedAt = db.prepare<[number], number | null>("SELECT ended_at FROM runs WHERE key = ?").pluck();
  const remove = db.prepare<[number, number]>("DELETE FROM run_events WHERE position > ? AND position <= ?");
  const oldest = db
    .prepare<[], number>("SELECT position FROM run_archives WHERE position > 0 ORDER BY position LIMIT 1")
    .pluck();
  const sizesOf = db.prepare<[number, number], { position: number; bytes: number }>(
    "SELECT position, length(body) AS bytes FROM run_archives WHERE position > ? AND position <= ? ORDER BY position LIMIT 32",
  );
  const removeArchived = db.prepare<[number, number]>(
    "DELETE FROM run_archives WHERE position > ? AND position <= ?",
  );
  const insert = db.prepare<[number, Buffer]>("INSERT INTO run_archives (position, body) VALUES (?, ?)");

  return {
    /** The first log that has something after a position, null when none has. */
    next(after: number): LogLeft | null {
      const position = nextChunk.get(after);
      if (position === undefined) return null;
      const key = Math.floor(position / EVENTS_PER_RUN);
      const end = (key + 1) * EVENTS_PER_RUN - 1;
      return { endedAt: endedAt.get(key) ?? null, end, chunks: () => chunksOf.iterate(after, end) };
    },
    /** Part of a transaction: some of the oldest archived log, if its run ended before then. Returns its bytes. */
    removeOldest(endedBefore: number): number {
      const position = oldest.get();
      if (position === undefined) return 0;
      const key = Math.floor(position / EVENTS_PER_RUN);
      const ended = endedAt.get(key);
      if (ended === null || (ended !== undefined && ended >= endedBefore)) return 0;
      const chunks = sizesOf.all(key * EVENTS_PER_RUN, (key + 1) * EVENTS_PER_RUN - 1);
      removeArchived.run(key * EVENTS_PER_RUN, chunks.at(-1)?.position ?? position);
      return chunks.reduce((sum, { bytes }) => sum + bytes, 0);
    },
    /** `body` takes the place of chunks that follow each other, unless one of them was deleted meanwhile. */
    move(after: number, chunks: readonly Chunk[], body: Buffer): void {
      const position = chunks.at(-1)?.position ?? after;
      if (remove.run(after, position).changes === chunks.length) insert.run(position, body);
    },
  };
}
