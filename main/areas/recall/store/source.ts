import type { MemoryId, RunId, SessionId } from "../../../contract/ids.ts";
import type { SqliteDatabase } from "../../../kernel/sqlite.ts";
import type { Message } from "../../sessions/contract.ts";
import { filterWords } from "./filter-words.ts";

/** A text of the history as the index takes it. */
export interface Doc {
  readonly doc: number;
  readonly text: string;
  readonly at: number;
  /** Words of the column by which filters find it. */
  readonly about: string;
}

/** A text as it is shown. */
export interface ShownDoc {
  readonly doc: number;
  readonly text: string;
  readonly at: number;
  readonly role: Message["role"];
  readonly sessionId: SessionId | null;
  /** Of a message, its place in the session. */
  readonly index: number | null;
  readonly runId: RunId | null;
  readonly clientId: string;
  /** Null for a message. */
  readonly memory: { readonly id: MemoryId; readonly isPinned: boolean } | null;
}

export interface ChangedDoc {
  readonly seq: number;
  readonly doc: number;
}

interface MessageRow {
  readonly key: number;
  readonly session_key: number;
  readonly run_id: string | null;
  readonly role: Message["role"];
  readonly body: string;
  readonly created_at: number;
}

interface MemoryRow {
  readonly key: number;
  readonly id: string;
  readonly content: string;
  readonly tags: string;
  readonly pinned: number;
  readonly run_id: string | null;
  readonly session_id: string | null;
  readonly client_id: string;
  readonly updated_at: number;
}

interface ShownRow extends MessageRow {
  readonly position: number;
  readonly session_id: string;
  readonly client_id: string;
}

/** What is wrong with the history is no reason to make its index anew. */
export class HistoryError extends Error {}

/** The history, as whoever indexes and shows it reads it. */
export type HistorySource = ReturnType<typeof createHistorySource>;

const CLIENTS_KEPT = 1_000;
const MAX_TAGGED = 500;

/** @param db a connection that reads the database of the daemon. */
export function createHistorySource(db: SqliteDatabase) {
  const born = db.prepare<[], number>("SELECT applied_at FROM migrations ORDER BY rowid LIMIT 1").pluck();
  const incidents = db
    .prepare<[], string>("SELECT key || '.' || at FROM storage_incidents ORDER BY key DESC LIMIT 1")
    .pluck();
  const newest = db.prepare<[], number>("SELECT coalesce(max(key), 0) FROM messages").pluck();
  const newestMemory = db.prepare<[], number>("SELECT coalesce(max(key), 0) FROM memories").pluck();
  const memoriesAfter = db.prepare<[number], MemoryRow>("SELECT * FROM memories WHERE key > ? ORDER BY key");
  const memory = db.prepare<[number], MemoryRow>("SELECT * FROM memories WHERE key = ?");
  const messagesAfter = db.prepare<[number], MessageRow>(
    "SELECT key, session_key, run_id, role, body, created_at FROM messages WHERE key > ? ORDER BY key",
  );
  const message = db.prepare<[number], ShownRow>(
    `SELECT m.key, m.session_key, m.run_id, m.role, m.body, m.created_at, m.position, s.id AS session_id,
       coalesce((SELECT client_id FROM runs WHERE id = m.run_id), s.client_id) AS client_id
     FROM messages m JOIN sessions s ON s.key = m.session_key WHERE m.key = ? AND s.deleted_at IS NULL`,
  );
  const clientOf = db
    .prepare<[string | null, number], string>(
      "SELECT coalesce((SELECT client_id FROM runs WHERE id = ?), (SELECT client_id FROM sessions WHERE key = ?))",
    )
    .pluck();
  const changes = db.prepare<[number], ChangedDoc>(
    `SELECT seq, CASE source WHEN 'message' THEN key ELSE -key END AS doc FROM changed_rows
     WHERE seq > ? ORDER BY seq LIMIT 1000`,
  );
  const tagged = db
    .prepare<[string, number], number>(
      "SELECT session_key FROM session_tags WHERE tag = ? ORDER BY session_key DESC LIMIT ?",
    )
    .pluck();
  const sessionKey = db.prepare<[string], number>("SELECT key FROM sessions WHERE id = ?").pluck();

  /** Many messages in a row are of one run. */
  const clients = new Map<string, string>();
  const clientWord = (runId: string | null, session: number): string => {
    const name = `${session}/${runId}`;
    const known = clients.get(name);
    if (known !== undefined) return known;
    const word = filterWords.client(clientOf.get(runId, session) ?? "");
    if (clients.size >= CLIENTS_KEPT) clients.clear();
    clients.set(name, word);
    return word;
  };

  const toDoc = (row: MessageRow): Doc => ({
    doc: row.key,
    text: textOf(row.body),
    at: row.created_at,
    about: [
      filterWords.session(row.session_key),
      filterWords.role(row.role),
      clientWord(row.run_id, row.session_key),
    ].join(" "),
  });

  const memoryDoc = (row: MemoryRow): Doc => {
    const session = row.session_id === null ? undefined : sessionKey.get(row.session_id);
    return {
      doc: -row.key,
      text: row.content,
      at: row.updated_at,
      about: [
        ...(session === undefined ? [] : [filterWords.session(session)]),
        filterWords.role("assistant"),
        filterWords.client(row.client_id),
        ...(JSON.parse(row.tags) as string[]).map(filterWords.tag),
      ].join(" "),
    };
  };

  const shownMemory = (key: number): ShownDoc | null => {
    const row = memory.get(key);
    if (row === undefined) return null;
    return {
      doc: -row.key,
      text: row.content,
      at: row.updated_at,
      role: "assistant",
      sessionId: row.session_id as SessionId | null,
      index: null,
      runId: row.run_id as RunId | null,
      clientId: row.client_id,
      memory: { id: row.id as MemoryId, isPinned: row.pinned === 1 },
    };
  };

  return guarded({
    /** Another one after the database was replaced, also by an earlier state of itself. */
    identity: () => `${born.get() ?? ""}/${incidents.get() ?? ""}`,
    newest: () => newest.get() ?? 0,
    newestMemory: () => newestMemory.get() ?? 0,
    *after(key: number): Generator<Doc> {
      try {
        for (const row of messagesAfter.iterate(key)) yield toDoc(row);
      } catch (error) {
        throw asHistoryError(error);
      }
    },
    /** No key of a memory is given twice. */
    *memoriesAfter(key: number): Generator<Doc> {
      try {
        for (const row of memoriesAfter.iterate(key)) yield memoryDoc(row);
      } catch (error) {
        throw asHistoryError(error);
      }
    },
    /** As it is now; null when it is not there any more. */
    current(doc: number): Doc | null {
      if (doc < 0) {
        const kept = memory.get(-doc);
        return kept === undefined ? null : memoryDoc(kept);
      }
      const row = message.get(doc);
      return row === undefined ? null : toDoc(row);
    },
    shown(doc: number): ShownDoc | null {
      if (doc < 0) return shownMemory(-doc);
      const row = message.get(doc);
      if (row === undefined) return null;
      return {
        doc: row.key,
        text: textOf(row.body),
        at: row.created_at,
        role: row.role,
        sessionId: row.session_id as SessionId,
        index: row.position,
        runId: row.run_id as RunId | null,
        clientId: row.client_id,
        memory: null,
      };
    },
    changesAfter: (seq: number) => changes.all(seq),
    sessionKey: (id: string) => sessionKey.get(id) ?? null,
    /** The newest sessions with this tag. */
    taggedSessions: (tag: string) => tagged.all(tag, MAX_TAGGED),
    /** One state of the history for several reads. */
    atOnce: <T>(read: () => T): T => db.transaction(read)(),
  });
}

/** What was said and printed. What was thought, and what calls were given, is not searched. */
function textOf(body: string): string {
  const { content } = JSON.parse(body) as Message;
  return content.flatMap((part) => (part.type === "text" ? part.text : [])).join("\n");
}

/** Failures of the history, as such. */
function guarded<T extends Readonly<Record<string, (...args: never[]) => unknown>>>(source: T): T {
  const entries = Object.entries(source).map(([name, read]) => {
    const readSafely = (...args: never[]) => {
      try {
        return read(...args);
      } catch (error) {
        throw asHistoryError(error);
      }
    };
    return [name, readSafely];
  });
  return Object.fromEntries(entries) as T;
}

function asHistoryError(error: unknown): HistoryError {
  if (error instanceof HistoryError) return error;
  return new HistoryError(error instanceof Error ? error.message : String(error), { cause: error });
}
