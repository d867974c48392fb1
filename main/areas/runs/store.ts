import { invalidRequest } from "../../contract/errors.ts";
import type { RunId, SessionId } from "../../contract/ids.ts";
import { charactersIn } from "../../kernel/characters.ts";
import type { Clock } from "../../kernel/clock.ts";
import { matchQuery } from "../../kernel/match-query.ts";
import type { Storage } from "../../kernel/storage.ts";
import { createWordIndex } from "../../kernel/word-index.ts";
import type { Usage } from "../sessions/contract.ts";
import type { Message } from "../sessions/contract.ts";
import type { Run, RunEvent, RunStatus } from "./contract.ts";
import { unpackEvents, type AskedRecord, type PackedEvents, type StoredEvent } from "./stored-events.ts";

interface RunRow {
  key: number;
  id: string;
  session_id: string;
  client_id: string;
  title: string;
  status: RunStatus;
  detached: number;
  provider: string;
  model: string;
  started_at: number;
  ended_at: number | null;
  error_code: string | null;
  error_message: string | null;
  usage: string | null;
  tool_calls: number;
  last_seq: number;
}

export type RunStore = ReturnType<typeof createRunStore>;

export interface RunFilter {
  readonly search?: string | undefined;
  /** A run is written when it starts and when it ends, so all that go on are `queued` here. */
  readonly status?: "queued" | "done" | "failed" | "canceled" | undefined;
  readonly sessionId?: SessionId | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

/** A run may have this many events before its log would run into the next run's. */
const EVENTS_PER_RUN = 2 ** 24;
const CHUNKS_PER_READ = 16;
const CHARACTERS_PER_READ = 512 * 1024;

const toRun = (row: RunRow): Run => ({
  id: row.id as RunId,
  sessionId: row.session_id as SessionId,
  clientId: row.client_id,
  title: row.title,
  status: row.status,
  detached: row.detached === 1,
  provider: row.provider,
  model: row.model,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? "" },
  usage: row.usage === null ? null : (JSON.parse(row.usage) as Usage),
  toolCalls: row.tool_calls,
  lastSeq: row.last_seq,
});

const endColumns = (run: Run) => [
  run.endedAt,
  run.error?.code ?? null,
  run.error?.message ?? null,
  run.usage === null ? null : JSON.stringify(run.usage),
  run.toolCalls,
  run.lastSeq,
];

/** @param asked what the gate has on record about a request, null when that is gone. */
export function createRunStore(
  storage: Storage,
  clock: Clock,
  asked: (permissionId: string) => AskedRecord | null,
) {
  const { db, readers } = storage;
  const insert = db.prepare(
    `INSERT INTO runs (id, session_id, client_id, title, status, detached, provider, model, started_at, ended_at,
       error_code, error_message, usage, tool_calls, last_seq)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const words = createWordIndex(storage, clock, {
    index: "runs_words",
    table: "runs",
    columns: { title: "title", session: "session_id", client: "client_id" },
  });
  const end = db.prepare(
    `UPDATE runs SET status = ?, ended_at = ?, error_code = ?, error_message = ?, usage = ?, tool_calls = ?, last_seq = ?
     WHERE key = ?`,
  );
  const byId = db.prepare<[string], RunRow>("SELECT * FROM runs WHERE id = ?");
  const unended = db.prepare<[], RunRow>("SELECT * FROM runs WHERE status = 'queued' ORDER BY key");
  const insertChunk = db.prepare<[number, string]>("INSERT INTO run_events (position, body) VALUES (?, ?)");
  const chunks = db
    .prepare<[number, number, number], string>(
      "SELECT body FROM run_events WHERE position > ? AND position <= ? ORDER BY position LIMIT ?",
    )
    .pluck();
  const pages = {
    all: readers.statement<[number, number], RunRow>(
      "SELECT * FROM runs WHERE key < ? ORDER BY key DESC LIMIT ?",
    ),
    byStatus: readers.statement<[string, number, number], RunRow>(
      "SELECT * FROM runs WHERE status = ? AND key < ? ORDER BY key DESC LIMIT ?",
    ),
    bySession: readers.statement<[string, number, number], RunRow>(
      "SELECT * FROM runs WHERE session_id = ? AND key < ? ORDER BY key DESC LIMIT ?",
    ),
    found: readers.statement<[string, string, string, string, string, number, number], RunRow>(
      // The index is read newest first and no further than the page goes.
      `SELECT runs.* FROM runs_words CROSS JOIN runs ON key = runs_words.rowid
       WHERE runs_words MATCH ? AND (? = '' OR status = ?) AND (? = '' OR session_id = ?) AND runs_words.rowid < ?
       ORDER BY runs_words.rowid DESC LIMIT ?`,
    ),
    bySessionAndStatus: readers.statement<[string, string, number, number], RunRow>(
      // The plus keeps SQLite from going through all runs of that status for the few of one session.
      "SELECT * FROM runs WHERE session_id = ? AND +status = ? AND key < ? ORDER BY key DESC LIMIT ?",
    ),
  };

  const select = async (filter: RunFilter): Promise<RunRow[]> => {
    const before = filter.after === undefined ? Number.MAX_SAFE_INTEGER : Number(filter.after);
    if (!Number.isSafeInteger(before)) throw invalidRequest("This page of the list does not exist.");
    const count = filter.limit + 1;
    const query = filter.search === undefined ? null : matchQuery(filter.search);
    const [status, session] = [filter.status ?? "", filter.sessionId ?? ""];
    if (query !== null) {
      await words.caughtUp();
      return pages.found([query, status, status, session, session, before, count]);
    }
    if (session !== "" && status !== "") return pages.bySessionAndStatus([session, status, before, count]);
    if (session !== "") return pages.bySession([session, before, count]);
    if (status !== "") return pages.byStatus([status, before, count]);
    return pages.all([before, count]);
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
        const [chunk = "[]"] = chunks.all(base + seq - 1, base + EVENTS_PER_RUN - 1, 1);
        take(JSON.parse(chunk) as StoredEvent[]);
      }
      return atHand.get(seq) ?? null;
    };
  };

  /** What is to be written soon, as JSON already. */
  const prepared = new WeakMap<StoredEvent, string>();

  return {
    /** Returns the key under which the run's events are kept. */
    insert(run: Run): number {
      const { lastInsertRowid } = insert.run(
        run.id,
        run.sessionId,
        run.clientId,
        run.title,
        run.endedAt === null ? "queued" : run.status,
        run.detached ? 1 : 0,
        run.provider,
        run.model,
        run.startedAt,
        ...endColumns(run),
      );
      const key = Number(lastInsertRowid);
      words.changed(key);
      return key;
    },
    end(key: number, run: Run): void {
      end.run(run.status, ...endColumns(run), key);
    },
    find(id: string): { key: number; run: Run } | null {
      const row = byId.get(id);
      return row === undefined ? null : { key: row.key, run: toRun(row) };
    },
    unended: (): { key: number; run: Run }[] =>
      unended.all().map((row) => ({ key: row.key, run: toRun(row) })),
    async list(filter: RunFilter): Promise<{ runs: Run[]; next: string | null }> {
      const rows = await select(filter);
      const shown = rows.slice(0, filter.limit);
      return {
        runs: shown.map(toRun),
        next: rows.length > shown.length ? String(shown.at(-1)?.key) : null,
      };
    },
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
    /** The next events after `after`, as many as are read in no time; empty at the end of what is kept. */
    readEvents(key: number, after: number): RunEvent[] {
      const base = key * EVENTS_PER_RUN;
      const stored: StoredEvent[] = [];
      let characters = 0;
      for (const body of chunks.iterate(base + after, base + EVENTS_PER_RUN - 1, CHUNKS_PER_READ)) {
        stored.push(...(JSON.parse(body) as StoredEvent[]));
        characters += body.length;
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
