import type { RunId } from "../../../contract/ids.ts";
import { openDatabase, type SqliteDatabase } from "../../../kernel/database.ts";
import { createStorage } from "../../../kernel/storage.ts";
import { createChangedRows } from "../../../kernel/changed-rows.ts";
import { migrations } from "../../../migrations.ts";
import { createFakeClock } from "../../../testing/fake-clock.ts";
import type { Message } from "../../sessions/contract.ts";
import { createSessionStore } from "../../sessions/store/session-store.ts";
import type { Asked } from "../search.ts";

const RUN = `run_${"1".repeat(32)}` as RunId;

export interface SaidOptions {
  readonly role?: Message["role"];
  readonly session?: string;
  readonly client?: string;
  readonly at?: number;
}

/** A history that a test writes, message by message. */
export function createHistory(file = ":memory:") {
  const db: SqliteDatabase = openDatabase(file, migrations);
  const storage = createStorage(db, (error) => {
    throw error;
  });
  const store = createSessionStore(storage, createFakeClock());
  const changed = createChangedRows(db);
  const keyOf = db.prepare<[], number>("SELECT max(key) FROM messages").pluck();
  const keepMemory = db.prepare<[string, string, string, number, number, number]>(
    `INSERT INTO memories (id, content, likeness, tags, pinned, source_kind, client_id, created_at, updated_at, revision)
     VALUES (?, ?, '', ?, ?, 'person', '', ?, ?, 1)`,
  );
  const seen = new Set<string>();
  return {
    db,
    storage,
    /** Returns the message's key. */
    say(text: string, options: SaidOptions = {}): number {
      const { role = "user", session = "s", client = "c", at = 1_000 } = options;
      if (!seen.has(session)) store.recordRun({ id: session, title: "", clientId: client, at });
      seen.add(session);
      const message: Message = { role, content: [{ type: "text", text }], createdAt: at };
      store.append(session, RUN, [message], at);
      return keyOf.get() ?? 0;
    },
    store,
    /** Returns the memory's key. */
    keep(content: string, { tags = [] as string[], isPinned = false, at = 1_000 } = {}): number {
      const { lastInsertRowid } = keepMemory.run(
        `mem_${at}_${content.length}_${content}`,
        content,
        JSON.stringify(tags),
        isPinned ? 1 : 0,
        at,
        at,
      );
      changed.note("memory", Number(lastInsertRowid));
      return Number(lastInsertRowid);
    },
    forget(key: number): void {
      db.prepare("DELETE FROM memories WHERE key = ?").run(key);
      changed.note("memory", key);
    },
    remove(key: number): void {
      db.prepare("DELETE FROM messages WHERE key = ?").run(key);
      changed.note("message", key);
    },
  };
}

export type TestHistory = ReturnType<typeof createHistory>;

export const asking = (query: string, more: Partial<Asked> = {}): Asked => ({
  query,
  memoriesOnly: false,
  asYouType: false,
  limit: 20,
  now: 1_000,
  snippetWords: 32,
  ...more,
});
