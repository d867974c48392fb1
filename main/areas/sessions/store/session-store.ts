import { MAX_PAGE_CHARACTERS } from "../../../contract/limits.ts";
import type { Clock } from "../../../kernel/clock.ts";
import { jsonBytes } from "../../../kernel/json-pieces.ts";
import type { Storage } from "../../../kernel/storage.ts";
import { createWordIndex } from "../../../kernel/word-index.ts";
import type { Message, Session, StoredMessage } from "../contract.ts";
import { createDeletionStore } from "./deletion-store.ts";
import { createLineage } from "./lineage.ts";
import { createSessionPages, type SessionFilter } from "./session-pages.ts";
import { toMessage, toSession, type MessageRow, type SessionRow } from "./rows.ts";

/** More than any session gets; each is a few thousand characters. */
const MOST_COMPACTIONS = 100;

export type SessionStore = ReturnType<typeof createSessionStore>;

export function createSessionStore(storage: Storage, clock: Clock) {
  const { db } = storage;
  const lineage = createLineage(db);
  const byId = db.prepare<[string], SessionRow>("SELECT * FROM sessions WHERE id = ?");
  const idOf = db
    .prepare<[number], string>("SELECT id FROM sessions WHERE key = ? AND deleted_at IS NULL")
    .pluck();
  // Who goes on with one that was put away wants it back.
  const countRun = db.prepare<
    [string, string, string, number, number, string | null],
    { key: number; run_count: number }
  >(
    `INSERT INTO sessions (id, title, client_id, created_at, updated_at, workspace, run_count)
     VALUES (?, ?, ?, ?, ?, ?, 1)
     ON CONFLICT (id) DO UPDATE SET run_count = run_count + 1, updated_at = excluded.updated_at, archived_at = NULL
     RETURNING key, run_count`,
  );
  const words = createWordIndex(storage, clock, {
    index: "sessions_words",
    table: "sessions",
    columns: { id: "id", title: "title", tags: "tags" },
  });
  const pages = createSessionPages(storage, words);
  const deletions = createDeletionStore(db, words);
  const countMessages = db.prepare<[number, number, number, number, string], SessionRow>(
    `UPDATE sessions SET message_count = message_count + ?, user_message_count = user_message_count + ?,
       assistant_message_count = assistant_message_count + ?, updated_at = ? WHERE id = ? RETURNING *`,
  );
  const insertMessage = db.prepare<
    [number | null, number, number, string | null, string, string | Buffer, number]
  >(
    `INSERT INTO messages (key, session_key, position, run_id, role, body, created_at)
     VALUES (?, ?, ?, ?, ?, CAST(? AS TEXT), ?)`,
  );
  const messagesOf = db.prepare<[number, number, number, number], MessageRow>(
    `SELECT position, run_id, body FROM messages
     WHERE session_key = ? AND position >= ? AND position < ? ORDER BY position LIMIT ?`,
  );
  const newestCompaction = db.prepare<[number, number], { from_position: number; summary: string }>(
    `SELECT from_position, summary FROM compactions
     WHERE session_key = ? AND told_to <= ? ORDER BY from_position DESC LIMIT 1`,
  );
  const compactionsOf = db.prepare<
    [number, number, number],
    { from_position: number; told_to: number; summary: string; created_at: number }
  >(
    `SELECT from_position, told_to, summary, created_at FROM compactions
     WHERE session_key = ? AND told_to <= ? ORDER BY from_position DESC LIMIT ?`,
  );
  const insertCompaction = db.prepare<[number, number, string, number, number]>(
    `INSERT OR REPLACE INTO compactions (session_key, from_position, summary, created_at, told_to)
     VALUES (?, ?, ?, ?, ?)`,
  );
  const insertFork = db
    .prepare<
      [string, string, string, number, number, number, number, number, string, string | null, number, number],
      number
    >(
      `INSERT INTO sessions (id, title, client_id, created_at, updated_at, message_count, user_message_count,
         assistant_message_count, tags, workspace, parent_key, parent_position)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING key`,
    )
    .pluck();
  const roles = storage.readers.statement<[number, number, number], { role: string; n: number }>(
    `SELECT role, count(*) AS n FROM messages WHERE session_key = ? AND position >= ? AND position < ? GROUP BY role`,
  );
  const childrenOf = db.prepare<[number, number], SessionRow>(
    `SELECT * FROM sessions WHERE parent_key = ? AND deleted_at IS NULL ORDER BY parent_position, key LIMIT ?`,
  );
  const byKey = db.prepare<[number], SessionRow>(
    "SELECT * FROM sessions WHERE key = ? AND deleted_at IS NULL",
  );
  const workspaceOf = db
    .prepare<[string], string | null>("SELECT workspace FROM sessions WHERE id = ?")
    .pluck();
  const setWorkspace = db.prepare<[string | null, string]>("UPDATE sessions SET workspace = ? WHERE id = ?");
  const anyWorkspace = db
    .prepare<[], number>(
      "SELECT 1 FROM sessions INDEXED BY sessions_with_workspace WHERE workspace IS NOT NULL AND key > 0 LIMIT 1",
    )
    .pluck();
  /** As long as no session has a folder of its own, none has to be looked up. */
  let hasWorkspaces = anyWorkspace.get() !== undefined;
  const setTitle = db.prepare<[string, number]>("UPDATE sessions SET title = ? WHERE key = ?");
  const setTags = db.prepare<[string, number]>("UPDATE sessions SET tags = ? WHERE key = ?");
  const forgetTags = db.prepare<[number]>("DELETE FROM session_tags WHERE session_key = ?");
  const insertTag = db.prepare<[string, number]>("INSERT INTO session_tags (tag, session_key) VALUES (?, ?)");
  const setArchived = db.prepare<[number | null, string]>("UPDATE sessions SET archived_at = ? WHERE id = ?");

  /** What is to be written soon, as JSON already. */
  const prepared = new WeakMap<Message, Buffer>();

  const asSession = (row: SessionRow): Session =>
    toSession(row, row.parent_key === null ? null : (idOf.get(row.parent_key) ?? null));

  function* rowsFrom(session: SessionRow, from: number, limit: number): Generator<MessageRow> {
    let left = limit;
    for (const span of lineage.spans(session, from)) {
      for (const row of messagesOf.iterate(span.key, span.from, span.to, left)) {
        yield row;
        left -= 1;
      }
      if (left <= 0) return;
    }
  }

  const insertTags = (key: number, tags: readonly string[]) => {
    for (const tag of tags) insertTag.run(tag, key);
  };

  return {
    deletions,
    /** How many of its first messages are from whom. Read beside the writer: nothing of it ever changes. */
    async countRoles(id: string, shared: number): Promise<{ user: number; assistant: number }> {
      const session = byId.get(id);
      if (session === undefined) throw new Error(`session ${id} does not exist`);
      const counts = { user: 0, assistant: 0 };
      for (const { key, from, to } of lineage.spans(session, 0)) {
        for (const { role, n } of await roles([key, from, Math.min(to, shared)])) {
          if (role === "user" || role === "assistant") counts[role] += n;
        }
      }
      return counts;
    },
    /** Adds a session that shares the first messages of another one. */
    fork(
      session: { id: string; shared: number; at: number },
      parentId: string,
      counts: { user: number; assistant: number },
    ): void {
      const parent = byId.get(parentId);
      if (parent === undefined) throw new Error(`session ${parentId} does not exist`);
      const { id, shared, at } = session;
      // Nothing of a session that has no message of its own up to there is shared: its parent has them.
      const owner = lineage.ownerOf(parent, shared);
      const { title, client_id, tags, workspace } = parent;
      const { user, assistant } = counts;
      const columns = [id, title, client_id, at, at, shared, user, assistant, tags, workspace] as const;
      const key = insertFork.get(...columns, owner.key, shared) ?? 0;
      insertTags(key, JSON.parse(tags) as string[]);
      words.changed(key);
    },
    /** How many sessions it has messages of, its own among them. */
    depth(id: string): number {
      const session = byId.get(id);
      return session === undefined ? 0 : Array.from(lineage.line(session)).length;
    },
    /** Those it was forked from, the nearest first, and those that were forked from it. */
    family(id: string, mostAncestors: number, mostChildren: number) {
      const session = byId.get(id);
      if (session === undefined) return null;
      const ancestors: Session[] = [];
      for (const { session: kin } of lineage.line(session)) {
        if (ancestors.length > mostAncestors) break;
        const row = kin.key === session.key ? session : byKey.get(kin.key);
        if (row !== undefined) ancestors.push(asSession(row));
      }
      return {
        ancestors: ancestors.slice(1),
        children: childrenOf.all(session.key, mostChildren).map(asSession),
      };
    },
    async serialize(messages: readonly Message[]): Promise<void> {
      for (const message of messages) prepared.set(message, await jsonBytes(message));
    },
    get(id: string): Session | null {
      const row = byId.get(id);
      return row === undefined ? null : asSession(row);
    },
    /** Creates the session at its first run and counts the run in any case. */
    recordRun(session: {
      id: string;
      title: string;
      clientId: string;
      workspace?: string | null;
      at: number;
    }): void {
      const { id, title, clientId, workspace = null, at } = session;
      const row = countRun.get(id, title, clientId, at, at, workspace);
      hasWorkspaces ||= workspace !== null;
      if (row?.run_count === 1) words.changed(row.key);
    },
    /** Returns the session as it is with them. */
    append(id: string, runId: string | null, messages: readonly Message[], at: number): Session {
      const by = (role: Message["role"]) => messages.filter((message) => message.role === role).length;
      const row = countMessages.get(messages.length, by("user"), by("assistant"), at, id);
      if (row === undefined) throw new Error(`session ${id} does not exist`);
      const position = row.message_count - messages.length;
      let key = deletions.firstFreeKey();
      messages.forEach((message, index) => {
        const body = prepared.get(message) ?? JSON.stringify(message);
        insertMessage.run(key, row.key, position + index, runId, message.role, body, message.createdAt);
        key = null;
      });
      return asSession(row);
    },
    messages(id: string, from: number, limit: number): StoredMessage[] {
      const row = byId.get(id);
      return row === undefined ? [] : Array.from(rowsFrom(row, from, limit), toMessage);
    },
    /** Ends before what would make it too long, but has one message at least if there is one. */
    messagePage(id: string, from: number, limit: number): StoredMessage[] {
      const session = byId.get(id);
      const messages: StoredMessage[] = [];
      let characters = 0;
      for (const row of session === undefined ? [] : rowsFrom(session, from, limit)) {
        characters += row.body.length;
        if (characters > MAX_PAGE_CHARACTERS && messages.length > 0) break;
        messages.push(toMessage(row));
      }
      return messages;
    },
    /** The newest that tells of nothing beyond what this session shares. */
    compaction(id: string): { fromPosition: number; summary: Message } | null {
      const session = byId.get(id);
      if (session === undefined) return null;
      for (const kin of lineage.line(session)) {
        const row = newestCompaction.get(kin.session.key, kin.to);
        if (row !== undefined) {
          return { fromPosition: row.from_position, summary: JSON.parse(row.summary) as Message };
        }
      }
      return null;
    },
    /** @param added how many messages come with it, of which the summary may tell too. */
    compact(id: string, fromPosition: number, summary: Message, added: number, at: number): void {
      const row = byId.get(id);
      if (row === undefined) throw new Error(`session ${id} does not exist`);
      insertCompaction.run(row.key, fromPosition, JSON.stringify(summary), at, row.message_count + added);
    },
    keepCompaction(
      id: string,
      compaction: { fromPosition: number; toldTo: number; summary: Message; at: number },
    ): void {
      const row = byId.get(id);
      if (row === undefined) throw new Error(`session ${id} does not exist`);
      const { fromPosition, toldTo, summary, at } = compaction;
      insertCompaction.run(row.key, fromPosition, JSON.stringify(summary), at, toldTo);
    },
    /** All that this session begins with, its ancestors' among them, the earliest first. */
    compactions(id: string): { fromPosition: number; toldTo: number; summary: Message; at: number }[] {
      const session = byId.get(id);
      if (session === undefined) return [];
      const rows = Array.from(lineage.line(session)).flatMap(({ session: { key }, to }) =>
        compactionsOf.all(key, to, MOST_COMPACTIONS),
      );
      return rows
        .map(({ from_position, told_to, summary, created_at }) => ({
          fromPosition: from_position,
          toldTo: told_to,
          summary: JSON.parse(summary) as Message,
          at: created_at,
        }))
        .toSorted((a, b) => a.fromPosition - b.fromPosition)
        .slice(-MOST_COMPACTIONS);
    },
    edit(id: string, changes: { title?: string | undefined; tags?: readonly string[] | undefined }): boolean {
      const row = byId.get(id);
      if (row === undefined) return false;
      if (changes.title !== undefined) setTitle.run(changes.title, row.key);
      if (changes.tags !== undefined) {
        const tags = [...new Set(changes.tags)];
        setTags.run(JSON.stringify(tags), row.key);
        forgetTags.run(row.key);
        insertTags(row.key, tags);
      }
      words.changed(row.key);
      return true;
    },
    workspaceOf: (id: string): string | null => (hasWorkspaces ? (workspaceOf.get(id) ?? null) : null),
    setWorkspace(id: string, folder: string | null): void {
      setWorkspace.run(folder, id);
      hasWorkspaces = true;
    },
    setArchived: (id: string, at: number | null): boolean => setArchived.run(at, id).changes > 0,
    tags: (most: number) => pages.tags(most),
    async list(filter: SessionFilter) {
      const rows = await pages.rows({ ...filter, limit: filter.limit + 1 });
      const shown = rows.slice(0, filter.limit);
      const last = shown.at(-1);
      const next = rows.length > shown.length && last ? `${last.updated_at}.${last.key}` : null;
      return { sessions: shown.map(asSession), next };
    },
  };
}
