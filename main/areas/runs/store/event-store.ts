import { charactersIn } from "../../../kernel/characters.ts";
import type { SqliteDatabase } from "../../../kernel/database.ts";
import type { Message } from "../../sessions/contract.ts";
import { decodeEvents } from "../archive/archive-codec.ts";
import type { RunEvent } from "../contract.ts";
import { unpackEvents, type AskedRecord, type PackedEvents, type StoredEvent } from "../stored-events.ts";

/** A run may have this many events before its log would run into the next run's. */
export const EVENTS_PER_RUN = 2 ** 24;
const CHUNKS_PER_READ = 16;
const CHARACTERS_PER_READ = 512 * 1024;

export type EventStore = ReturnType<typeof createEventStore>;

/** @param asked what the gate has on record about a request, null when that is gone. */
export function createEventStore(db: SqliteDatabase, asked: (permissionId: string) => AskedRecord | null) {
  const insertChunk = db.prepare<[number, string]>("INSERT INTO run_events (position, body) VALUES (?, ?)");
  // Both are in order already, so this merges them and reads no further than it has to.
  const chunks = db
    .prepare<[number, number, number, number, number], string | Buffer>(
      `SELECT body FROM (
         SELECT position, body FROM run_events WHERE position > ? AND position <= ?
         UNION ALL
         SELECT position, body FROM run_archives WHERE position > ? AND position <= ?
       ) ORDER BY position LIMIT ?`,
    )
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

  /** The messages of one run by the event that said them: those at hand, and the one chunk that has an earlier one. */
  const messagesSaid = (base: number, stored: readonly StoredEvent[]) => {
    const atHand = new Map<number, Message>();
    const take = (events: readonly StoredEvent[]) => {
      for (const event of events) if (event.type === "message_end") atHand.set(event.seq, event.message);
    };
    take(stored);
    return (seq: number): Message | null => {
      if (!atHand.has(seq)) {
        const [chunk] = chunks.all(...range(base, seq - 1), 1);
        if (chunk !== undefined) take(eventsIn(chunk));
      }
      return atHand.get(seq) ?? null;
    };
  };

  /** What is to be written soon, as JSON already. */
  const prepared = new WeakMap<StoredEvent, string>();

  return {
    /** Before the transaction that writes a long event, so that this takes less time at once. */
    prepareEvent(event: RunEvent): void {
      prepared.set(event, JSON.stringify(event));
    },
    /** Returns the size of what was written, in characters. */
    appendEvents(key: number, { events, lastSeq }: Pick<PackedEvents, "events" | "lastSeq">): number {
      if (lastSeq >= EVENTS_PER_RUN) throw new Error(`a run has at most ${EVENTS_PER_RUN} events on record`);
      const body = `[${events.map((event) => prepared.get(event) ?? JSON.stringify(event)).join(",")}]`;
      insertChunk.run(key * EVENTS_PER_RUN + lastSeq, body);
      return body.length;
    },
    /** Removes a little of a run's log, its end first. False: nothing of it is left. */
    removeSome(key: number): boolean {
      const base = key * EVENTS_PER_RUN;
      return removals.some((removal) => removal.run(base, base + EVENTS_PER_RUN - 1).changes > 0);
    },
    /** The next events after `after`, as many as are read in no time; empty at the end of what is kept. */
    readEvents(key: number, after: number): RunEvent[] {
      const base = key * EVENTS_PER_RUN;
      const stored: StoredEvent[] = [];
      let characters = 0;
      for (const chunk of chunks.iterate(...range(base, after), CHUNKS_PER_READ)) {
        const events = eventsIn(chunk);
        stored.push(...events);
        characters += typeof chunk === "string" ? chunk.length : charactersIn(events);
        if (characters > CHARACTERS_PER_READ) break;
      }
      const records = { asked, message: messagesSaid(base, stored) };
      const events: RunEvent[] = [];
      let unpacked = 0;
      for (const event of unpackEvents(stored, records, after)) {
        // What was asked may be megabytes, of which the event itself keeps no more than the name.
        unpacked += charactersIn(event);
        if (unpacked > CHARACTERS_PER_READ && events.length > 0) break;
        events.push(event);
      }
      return events;
    },
  };
}

const eventsIn = (chunk: string | Buffer): StoredEvent[] =>
  typeof chunk === "string" ? (JSON.parse(chunk) as StoredEvent[]) : decodeEvents(chunk);
