import { charactersIn } from "../../../kernel/characters.ts";
import type { SqliteDatabase } from "../../../kernel/database.ts";
import { jsonBytes } from "../../../kernel/json-pieces.ts";
import type { Steps } from "../../../kernel/slices.ts";
import type { Message } from "../../sessions/contract.ts";
import { decodeEvents } from "../archive/archive-codec.ts";
import type { RunEvent } from "../contract.ts";
import {
  countEvents,
  messageNamedBy,
  unpackEvents,
  type AskedRecord,
  type PackedEvents,
  type StoredEvent,
} from "../stored-events.ts";

/** A run may have this many events before its log would run into the next run's. */
export const EVENTS_PER_RUN = 2 ** 24;
const CHUNKS_PER_READ = 16;
const CHARACTERS_PER_READ = 512 * 1024;
/** What stands around each event where it is told. */
const CHARACTERS_PER_EVENT = 256;
/** Read in steps. */
const LONG_CHUNK_BYTES = 1024 * 1024;

/** How many characters it takes to tell of an event. */
export const toldOf = (event: RunEvent): number => CHARACTERS_PER_EVENT + charactersIn(event);

export type EventStore = ReturnType<typeof createEventStore>;

/** @param asked what the gate has on record about a request, null when that is gone. */
export function createEventStore(db: SqliteDatabase, asked: (permissionId: string) => AskedRecord | null) {
  const insertChunk = db.prepare<[number, string | Buffer]>(
    "INSERT INTO run_events (position, body) VALUES (?, CAST(? AS TEXT))",
  );
  // Both are in order already, so this merges them and reads no further than it has to. What is long is read by itself.
  const chunks = db.prepare<[number, number, number, number, number], Chunk>(
    `SELECT position, body FROM (
       SELECT position, CASE WHEN octet_length(body) <= ${LONG_CHUNK_BYTES} THEN body END AS body
       FROM run_events WHERE position > ? AND position <= ?
       UNION ALL
       SELECT position, body FROM run_archives WHERE position > ? AND position <= ?
     ) ORDER BY position LIMIT ?`,
  );
  const longChunk = db
    .prepare<[number], Buffer>("SELECT CAST(body AS BLOB) FROM run_events WHERE position = ?")
    .pluck();

  const removals = ["run_events", "run_archives"].map((table) =>
    db.prepare<[number, number]>(
      `DELETE FROM ${table} WHERE position =
         (SELECT position FROM ${table} WHERE position > ? AND position <= ? ORDER BY position DESC LIMIT 1)`,
    ),
  );

  /** For both tables: from after an event to the end of the run. */
  const range = (base: number, after: number) => {
    const [first, last] = [base + after, base + EVENTS_PER_RUN - 1];
    return [first, last, first, last] as const;
  };

  function* storedAfter(base: number, after: number): Steps<StoredEvent[]> {
    const stored: StoredEvent[] = [];
    let long: Chunk | null = null;
    let characters = 0;
    for (const chunk of chunks.iterate(...range(base, after), CHUNKS_PER_READ)) {
      if (chunk.body === null) {
        long = chunk;
        break;
      }
      const events = eventsIn(chunk.body);
      stored.push(...events);
      characters += typeof chunk.body === "string" ? chunk.body.length : charactersIn(events);
      characters += CHARACTERS_PER_EVENT * countEvents(events);
      if (characters > CHARACTERS_PER_READ) break;
    }
    return long === null || stored.length > 0 ? stored : yield* eventsOfLong(long);
  }

  function* eventsOfLong({ position }: Chunk): Steps<StoredEvent[]> {
    yield;
    const bytes = longChunk.get(position);
    if (bytes === undefined) return [];
    yield;
    const text = bytes.toString();
    yield;
    const events = eventsIn(text);
    yield;
    return events;
  }

  /** Of the chunk that has this event. */
  function* eventsWith(base: number, seq: number): Steps<readonly StoredEvent[]> {
    const chunk = chunks.get(...range(base, seq - 1), 1);
    if (chunk === undefined) return [];
    return chunk.body === null ? yield* eventsOfLong(chunk) : eventsIn(chunk.body);
  }

  /** What is to be written soon, as JSON already. */
  const prepared = new WeakMap<object, Buffer>();

  return {
    /** Before the transaction that writes long events, so that this takes less time at once. */
    async prepareEvents(packed: PackedEvents): Promise<void> {
      prepared.set(packed, await jsonBytes(packed.events));
    },
    /** Returns the size of what was written, in characters. */
    appendEvents(key: number, packed: Pick<PackedEvents, "events" | "lastSeq">): number {
      const { events, lastSeq } = packed;
      if (lastSeq >= EVENTS_PER_RUN) throw new Error(`a run has at most ${EVENTS_PER_RUN} events on record`);
      const body = prepared.get(packed) ?? JSON.stringify(events);
      insertChunk.run(key * EVENTS_PER_RUN + lastSeq, body);
      return body.length;
    },
    /** Removes a little of a run's log, its end first. False: nothing of it is left. */
    removeSome(key: number): boolean {
      const base = key * EVENTS_PER_RUN;
      return removals.some((removal) => removal.run(base, base + EVENTS_PER_RUN - 1).changes > 0);
    },
    /**
     * The next events after `after`, as many as are read in no time, or one; empty at the end of what is kept. Each step
     * of reading a long one takes several milliseconds.
     */
    *readEvents(key: number, after: number): Steps<RunEvent[]> {
      const base = key * EVENTS_PER_RUN;
      const stored = yield* storedAfter(base, after);
      /** The messages of the run by the event that said them: those at hand, and what else is in the chunk of an earlier one. */
      const said = new Map<number, Message>();
      const take = (at: readonly StoredEvent[]) => {
        for (const event of at) if (event.type === "message_end") said.set(event.seq, event.message);
      };
      take(stored);
      const records = { asked, message: (seq: number) => said.get(seq) ?? null };
      const events: RunEvent[] = [];
      let unpacked = 0;
      for (const each of stored) {
        const saidIn = messageNamedBy(each);
        if (saidIn !== null && !said.has(saidIn)) take(yield* eventsWith(base, saidIn));
        for (const event of unpackEvents([each], records, after)) {
          // What was asked may be megabytes, of which the event itself keeps no more than the name.
          unpacked += toldOf(event);
          if (unpacked > CHARACTERS_PER_READ && events.length > 0) return events;
          events.push(event);
        }
      }
      return events;
    },
  };
}

interface Chunk {
  readonly position: number;
  /** Null when it is long. */
  readonly body: string | Buffer | null;
}

const eventsIn = (body: string | Buffer): StoredEvent[] =>
  typeof body === "string" ? (JSON.parse(body) as StoredEvent[]) : decodeEvents(body);
