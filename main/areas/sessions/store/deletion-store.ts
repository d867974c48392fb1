import type { SessionId } from "../../../contract/ids.ts";
import { createChangedRows } from "../../../kernel/changed-rows.ts";
import type { SqliteDatabase } from "../../../kernel/database.ts";
import type { WordIndex } from "../../../kernel/word-index.ts";
import type { Deletion, DeletionId, ImportId } from "../contract.ts";
import { createHandOver } from "./hand-over.ts";
import type { Kinship } from "./lineage.ts";

/** A deletion on record. */
export interface KeptDeletion extends Omit<Deletion, "id"> {
  /** Of a deletion, or of an import that is not whole: until it is, that is hidden in the same way. */
  readonly id: DeletionId | ImportId;
  readonly key: number;
  readonly setAt: number;
  readonly stamp: string | null;
  /** Runs up to this one are of the deleted session; later ones of the same name are of another. */
  readonly runsTo: number;
}

interface DeletionRow {
  readonly key: number;
  readonly id: DeletionId | ImportId;
  readonly session_id: SessionId;
  readonly title: string;
  readonly deleted_at: number;
  readonly ends_at: number;
  readonly stamp: string | null;
  readonly runs_to: number;
}

const toDeletion = (row: DeletionRow): KeptDeletion => ({
  key: row.key,
  id: row.id,
  sessionId: row.session_id,
  title: row.title,
  setAt: row.deleted_at,
  undoUntil: row.ends_at,
  stamp: row.stamp,
  runsTo: row.runs_to,
});

/**
 * A deleted session gives its name back at once: its row goes by the name of the deletion until it is removed, so that
 * nothing finds it and whoever comes by the old name begins anew.
 */
export function createDeletionStore(db: SqliteDatabase, words: WordIndex) {
  const changed = createChangedRows(db);
  const handOver = createHandOver(db, changed);
  const kinOf = db.prepare<[number], Kinship>(
    "SELECT key, parent_key, parent_position FROM sessions WHERE key = ?",
  );
  const hide = db
    .prepare<[string, number, string], number>(
      "UPDATE sessions SET id = ?, deleted_at = ? WHERE id = ? AND deleted_at IS NULL RETURNING key",
    )
    .pluck();
  const insertHidden = db
    .prepare<[string, string, string, number, number, string, number], number>(
      `INSERT INTO sessions (id, title, client_id, created_at, updated_at, tags, deleted_at)
       VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING key`,
    )
    .pluck();
  const insertTag = db.prepare<[string, number]>("INSERT INTO session_tags (tag, session_key) VALUES (?, ?)");
  const show = db.prepare<[string, number]>("UPDATE sessions SET id = ?, deleted_at = NULL WHERE key = ?");
  const insert = db.prepare<[number, string, number, string | null, number]>(
    "INSERT INTO session_deletions (session_key, session_id, ends_at, stamp, runs_to) VALUES (?, ?, ?, ?, ?)",
  );
  const all = db.prepare<[], DeletionRow>(
    `SELECT key, id, session_id, title, deleted_at, ends_at, stamp, runs_to
     FROM session_deletions CROSS JOIN sessions ON key = session_key`,
  );
  const lastMessage = db.prepare<[number], { key: number }>(
    "SELECT key FROM messages WHERE session_key = ? ORDER BY position DESC LIMIT 1",
  );
  const removeMessage = db.prepare<[number]>("DELETE FROM messages WHERE key = ?");
  const forgetDeletion = db.prepare<[number]>("DELETE FROM session_deletions WHERE session_key = ?");
  const removals = [
    "DELETE FROM compactions WHERE session_key = ?",
    "DELETE FROM session_tags WHERE session_key = ?",
    "DELETE FROM session_deletions WHERE session_key = ?",
    "DELETE FROM sessions WHERE key = ?",
  ].map((sql) => db.prepare<[number]>(sql));

  // Who follows the messages by their keys would miss one that gets the key of a deleted one.
  const keptNext = db.prepare<[], number>("SELECT next FROM message_keys WHERE rowid = 1").pluck();
  const keepNext = db.prepare<[number]>(
    `INSERT INTO message_keys (rowid, next) VALUES (1, ?)
     ON CONFLICT (rowid) DO UPDATE SET next = max(next, excluded.next)`,
  );
  const lastKey = db.prepare<[], number | null>("SELECT max(key) FROM messages").pluck();
  let nextKey = keptNext.get() ?? 0;

  return {
    /** Null: the next message gets a key that none has had by itself. */
    firstFreeKey(): number | null {
      if (nextKey === 0) return null;
      if ((lastKey.get() ?? 0) < nextKey - 1) return nextKey;
      nextKey = 0;
      return null;
    },
    /** Returns the key of the session's row. */
    begin({ id, sessionId, undoUntil, setAt, stamp, runsTo }: Omit<KeptDeletion, "key" | "title">): number {
      const key = hide.get(id, setAt, sessionId);
      if (key === undefined) throw new Error(`session ${sessionId} does not exist`);
      insert.run(key, sessionId, undoUntil, stamp, runsTo);
      words.changed(key);
      return key;
    },
    /** A session that is hidden from its beginning. Returns its key. */
    beginHidden(
      { id, sessionId, undoUntil, setAt, stamp, runsTo }: Omit<KeptDeletion, "key">,
      session: { title: string; clientId: string; createdAt: number; tags: readonly string[] },
    ): number {
      const tags = [...new Set(session.tags)];
      const { title, clientId, createdAt } = session;
      const columns = [id, title, clientId, createdAt, setAt, JSON.stringify(tags), setAt] as const;
      const key = insertHidden.get(...columns) ?? 0;
      for (const tag of tags) insertTag.run(tag, key);
      insert.run(key, sessionId, undoUntil, stamp, runsTo);
      words.changed(key);
      return key;
    },
    takeBack({ key, sessionId }: KeptDeletion): void {
      show.run(sessionId, key);
      forgetDeletion.run(key);
      words.changed(key);
    },
    pending: (): KeptDeletion[] => all.all().map(toDeletion),
    /** Removes a little of a session. False: nothing of it was left, and now it is gone itself. */
    removeSome(key: number): boolean {
      const session = kinOf.get(key);
      if (session === undefined) return false;
      if (handOver(session)) return true;
      const message = lastMessage.get(key);
      if (message !== undefined) {
        removeMessage.run(message.key);
        changed.note("message", message.key);
        keepNext.run(message.key + 1);
        nextKey = Math.max(nextKey, message.key + 1);
        return true;
      }
      for (const removal of removals) removal.run(key);
      words.changed(key);
      return false;
    },
  };
}

export type DeletionStore = ReturnType<typeof createDeletionStore>;
