import { AppError } from "../../contract/errors.ts";
import type { RunId, SessionId } from "../../contract/ids.ts";
import { MAX_PAGE_CHARACTERS } from "../../contract/limits.ts";
import type { Clock } from "../../kernel/clock.ts";
import { matchQuery } from "../../kernel/match-query.ts";
import { createSlices } from "../../kernel/slices.ts";
import type { Storage } from "../../kernel/storage.ts";
import { createWordIndex } from "../../kernel/word-index.ts";
import type { Message, Session, StoredMessage } from "./contract.ts";

interface SessionRow {
  key: number;
  id: string;
  title: string;
  client_id: string;
  created_at: number;
  updated_at: number;
  message_count: number;
  user_message_count: number;
  assistant_message_count: number;
  run_count: number;
}

interface MessageRow {
  position: number;
  run_id: string | null;
  body: string;
}

export type SessionStore = ReturnType<typeof createSessionStore>;

const toSession = (row: SessionRow): Session => ({
  id: row.id as SessionId,
  title: row.title,
  clientId: row.client_id,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  messageCount: row.message_count,
  userMessageCount: row.user_message_count,
  assistantMessageCount: row.assistant_message_count,
  runCount: row.run_count,
});

const toMessage = (row: MessageRow): StoredMessage => ({
  ...(JSON.parse(row.body) as Message),
  index: row.position,
  runId: row.run_id as RunId | null,
});

/** Cursors are `<updated_at>.<key>`, so a page continues where it stopped however much is added on top. */
function parseCursor(text: string): { at: number; key: number } {
  const match = /^(\d{1,15})\.(\d{1,15})$/.exec(text);
  if (match === null) throw new AppError("request.invalid", 400, "This page of the list does not exist.");
  return { at: Number(match[1]), key: Number(match[2]) };
}

export function createSessionStore(storage: Storage, clock: Clock) {
  const { db, readers } = storage;
  const byId = db.prepare<[string], SessionRow>("SELECT * FROM sessions WHERE id = ?");
  const countRun = db.prepare<[string, string, string, number, number], { key: number; run_count: number }>(
    `INSERT INTO sessions (id, title, client_id, created_at, updated_at, run_count) VALUES (?, ?, ?, ?, ?, 1)
     ON CONFLICT (id) DO UPDATE SET run_count = run_count + 1, updated_at = excluded.updated_at
     RETURNING key, run_count`,
  );
  const words = createWordIndex(storage, clock, {
    index: "sessions_words",
    table: "sessions",
    columns: { id: "id", title: "title" },
  });
  const countMessages = db.prepare<[number, number, number, number, string], SessionRow>(
    `UPDATE sessions SET message_count = message_count + ?, user_message_count = user_message_count + ?,
       assistant_message_count = assistant_message_count + ?, updated_at = ? WHERE id = ? RETURNING *`,
  );
  const insertMessage = db.prepare<[number, number, string | null, string, string, number]>(
    "INSERT INTO messages (session_key, position, run_id, role, body, created_at) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const messagesFrom = db.prepare<[string, number, number], MessageRow>(
    `SELECT position, run_id, body FROM messages
     WHERE session_key = (SELECT key FROM sessions WHERE id = ?) AND position >= ? ORDER BY position LIMIT ?`,
  );
  const newestCompaction = db.prepare<[string], { from_position: number; summary: string }>(
    `SELECT from_position, summary FROM compactions
     WHERE session_key = (SELECT key FROM sessions WHERE id = ?) ORDER BY from_position DESC LIMIT 1`,
  );
  const insertCompaction = db.prepare<[string, number, string, number]>(
    `INSERT OR REPLACE INTO compactions (session_key, from_position, summary, created_at)
     VALUES ((SELECT key FROM sessions WHERE id = ?), ?, ?, ?)`,
  );
  const page = readers.statement<[number, number, number], SessionRow>(
    "SELECT * FROM sessions WHERE (updated_at, key) < (?, ?) ORDER BY updated_at DESC, key DESC LIMIT ?",
  );
  const found = readers.statement<[string, number, number, number], SessionRow>(
    `SELECT * FROM sessions WHERE key IN (SELECT rowid FROM sessions_words WHERE sessions_words MATCH ?)
     AND (updated_at, key) < (?, ?) ORDER BY updated_at DESC, key DESC LIMIT ?`,
  );

  /** What is to be written soon, as JSON already. */
  const prepared = new WeakMap<Message, string>();

  return {
    async serialize(messages: readonly Message[]): Promise<void> {
      const slices = createSlices();
      for (const message of messages) {
        prepared.set(message, JSON.stringify(message));
        await slices.giveWay();
      }
    },
    get(id: string): Session | null {
      const row = byId.get(id);
      return row === undefined ? null : toSession(row);
    },
    /** Creates the session at its first run and counts the run in any case. */
    recordRun(session: { id: string; title: string; clientId: string; at: number }): void {
      const { id, title, clientId, at } = session;
      const row = countRun.get(id, title, clientId, at, at);
      if (row?.run_count === 1) words.changed(row.key);
    },
    /** Returns the session as it is with them. */
    append(id: string, runId: string | null, messages: readonly Message[], at: number): Session {
      const by = (role: Message["role"]) => messages.filter((message) => message.role === role).length;
      const row = countMessages.get(messages.length, by("user"), by("assistant"), at, id);
      if (row === undefined) throw new Error(`session ${id} does not exist`);
      const position = row.message_count - messages.length;
      messages.forEach((message, index) => {
        const body = prepared.get(message) ?? JSON.stringify(message);
        insertMessage.run(row.key, position + index, runId, message.role, body, message.createdAt);
      });
      return toSession(row);
    },
    messages(id: string, from: number, limit: number): StoredMessage[] {
      return messagesFrom.all(id, from, limit).map(toMessage);
    },
    /** Ends before what would make it too long, but has one message at least if there is one. */
    messagePage(id: string, from: number, limit: number): StoredMessage[] {
      const messages: StoredMessage[] = [];
      let characters = 0;
      for (const row of messagesFrom.iterate(id, from, limit)) {
        characters += row.body.length;
        if (characters > MAX_PAGE_CHARACTERS && messages.length > 0) break;
        messages.push(toMessage(row));
      }
      return messages;
    },
    compaction(id: string): { fromPosition: number; summary: Message } | null {
      const row = newestCompaction.get(id);
      if (row === undefined) return null;
      return { fromPosition: row.from_position, summary: JSON.parse(row.summary) as Message };
    },
    compact(id: string, fromPosition: number, summary: Message, at: number): void {
      insertCompaction.run(id, fromPosition, JSON.stringify(summary), at);
    },
    async list(options: { search?: string | undefined; limit: number; after?: string | undefined }) {
      const query = options.search === undefined ? null : matchQuery(options.search);
      const { at, key } =
        options.after === undefined
          ? { at: Number.MAX_SAFE_INTEGER, key: Number.MAX_SAFE_INTEGER }
          : parseCursor(options.after);
      if (query !== null) await words.caughtUp();
      const count = options.limit + 1;
      const rows = await (query === null ? page([at, key, count]) : found([query, at, key, count]));
      const shown = rows.slice(0, options.limit);
      const last = shown.at(-1);
      const next = rows.length > shown.length && last ? `${last.updated_at}.${last.key}` : null;
      return { sessions: shown.map(toSession), next };
    },
  };
}
