import type { MemoryId, RunId } from "../../../contract/ids.ts";
import { createChangedRows } from "../../../kernel/changed-rows.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { Storage } from "../../../kernel/storage.ts";
import { createWordIndex } from "../../../kernel/word-index.ts";
import type { Memory, MemorySource, MemoryUse } from "../contract.ts";
import { likenessOf } from "../identity.ts";
import { createMemoryPages } from "./memory-pages.ts";
import {
  SOURCE_COLUMNS,
  sourceValues,
  toMemory,
  toRevision,
  toUse,
  type KeptRevision,
  type MemoryRow,
  type RevisionRow,
  type UseRow,
} from "./rows.ts";

export type MemoryStore = ReturnType<typeof createMemoryStore>;

const MAX_TAG_NAMES = 500;
/** What is edited more often forgets its oldest revisions. */
const MAX_REVISIONS = 100;
/** No run is told of more. */
const MAX_USES_OF_RUN = 500;

/** Contract: what writes is part of a transaction of the caller's. */
export function createMemoryStore(storage: Storage, clock: Clock) {
  const { db, readers } = storage;
  const changedRows = createChangedRows(db);
  const words = createWordIndex(storage, clock, {
    index: "memories_words",
    table: "memories",
    columns: { content: "content", tags: "tags" },
  });
  const page = createMemoryPages(readers, () => words.caughtUp());

  const byId = db.prepare<[string], MemoryRow>("SELECT * FROM memories WHERE id = ?");
  const byLikeness = db.prepare<[string], MemoryRow>(
    "SELECT * FROM memories WHERE likeness = ? ORDER BY key LIMIT 1",
  );
  const insertRow = db.prepare(
    `INSERT INTO memories (key, id, content, likeness, tags, pinned, ${SOURCE_COLUMNS}, created_at, updated_at, revision)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const updateRow = db.prepare<[string, string, string, number, number, number, number]>(
    `UPDATE memories SET content = ?, likeness = ?, tags = ?, pinned = ?, updated_at = ?, revision = ? WHERE key = ?`,
  );
  const removeRow = db.prepare<[number]>("DELETE FROM memories WHERE key = ?");
  const addTag = db.prepare<[string, number]>(
    "INSERT OR IGNORE INTO memory_tags (tag, memory_key) VALUES (?, ?)",
  );
  const clearTags = db.prepare<[number]>("DELETE FROM memory_tags WHERE memory_key = ?");
  const tagNames = readers.statement<[number], { tag: string }>(
    // From one name to the next by the index, however many memories have it.
    `WITH RECURSIVE names (tag) AS (
       SELECT (SELECT tag FROM memory_tags WHERE tag >= '' ORDER BY tag LIMIT 1)
       UNION ALL
       SELECT (SELECT tag FROM memory_tags WHERE tag > names.tag ORDER BY tag LIMIT 1) FROM names
       WHERE names.tag IS NOT NULL
     ) SELECT tag FROM names WHERE tag IS NOT NULL LIMIT ?`,
  );
  const insertRevision = db.prepare(
    `INSERT INTO memory_revisions (memory_key, number, at, ${SOURCE_COLUMNS}, content, tags)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const dropOldRevisions = db.prepare<[number, number]>(
    "DELETE FROM memory_revisions WHERE memory_key = ? AND number <= ?",
  );
  const dropRevisions = db.prepare<[number]>("DELETE FROM memory_revisions WHERE memory_key = ?");
  const revisionsBefore = db.prepare<[string, number, number], RevisionRow>(
    `SELECT * FROM memory_revisions WHERE memory_key = (SELECT key FROM memories WHERE id = ?) AND number < ?
     ORDER BY number DESC LIMIT ?`,
  );
  const bury = db.prepare<[number, string, string, number]>(
    "INSERT INTO deleted_memories (key, id, body, deleted_at) VALUES (?, ?, ?, ?)",
  );
  const buriedById = db.prepare<[string], { key: number; body: string; deleted_at: number }>(
    "SELECT key, body, deleted_at FROM deleted_memories WHERE id = ?",
  );
  const unbury = db.prepare<[number]>("DELETE FROM deleted_memories WHERE key = ?");
  const buriedUntil = db
    .prepare<[number, number], number>(
      "SELECT key FROM deleted_memories WHERE deleted_at <= ? ORDER BY deleted_at LIMIT ?",
    )
    .pluck();
  const firstBuried = db
    .prepare<[], number>(
      "SELECT deleted_at FROM deleted_memories WHERE deleted_at > 0 ORDER BY deleted_at LIMIT 1",
    )
    .pluck();
  const count = db.prepare<[], number>("SELECT live FROM memory_count WHERE id = 1").pluck();
  const insertUse = db.prepare(
    "INSERT INTO memory_uses (memory_id, revision, run_id, session_id, at, why) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const usesOfRun = db.prepare<[string, number], UseRow>(
    "SELECT * FROM memory_uses WHERE run_id = ? ORDER BY key LIMIT ?",
  );
  const usesOfMemory = readers.statement<[string, number, number], UseRow>(
    "SELECT * FROM memory_uses WHERE memory_id = ? AND key < ? ORDER BY key DESC LIMIT ?",
  );
  const matching = readers.statement<[string, number], MemoryRow>(
    `SELECT memories.* FROM memories_words CROSS JOIN memories ON memories.key = memories_words.rowid
     WHERE memories_words MATCH ? ORDER BY memories_words.rank LIMIT ?`,
  );

  const written = (key: number, tags: readonly string[]) => {
    clearTags.run(key);
    for (const tag of tags) addTag.run(tag, key);
    words.changed(key);
    changedRows.note("memory", key);
  };
  const insert = (key: number | null, memory: Memory): number => {
    const { lastInsertRowid } = insertRow.run(
      key,
      memory.id,
      memory.content,
      likenessOf(memory.content),
      JSON.stringify(memory.tags),
      memory.pinned ? 1 : 0,
      ...sourceValues(memory.source),
      memory.createdAt,
      memory.updatedAt,
      memory.revision,
    );
    written(Number(lastInsertRowid), memory.tags);
    return Number(lastInsertRowid);
  };
  const revise = (key: number, { revision, updatedAt, content, tags }: Memory, by: MemorySource) => {
    insertRevision.run(key, revision, updatedAt, ...sourceValues(by), content, JSON.stringify(tags));
    dropOldRevisions.run(key, revision - MAX_REVISIONS);
  };
  const rowOf = (id: string): MemoryRow => {
    const row = byId.get(id);
    if (row === undefined) throw new Error(`memory ${id} does not exist`);
    return row;
  };

  return {
    list: page,
    count: (): number => count.get() ?? 0,
    async tags(): Promise<string[]> {
      return (await tagNames([MAX_TAG_NAMES])).map(({ tag }) => tag);
    },
    find(id: string): Memory | null {
      const row = byId.get(id);
      return row === undefined ? null : toMemory(row);
    },
    /** One that says the same, but for case and white space. */
    findLike(content: string): Memory | null {
      const row = byLikeness.get(likenessOf(content));
      return row === undefined ? null : toMemory(row);
    },
    /** Nothing that is kept, nor anything whose deletion can be taken back, has this id. */
    isFree: (id: string): boolean => byId.get(id) === undefined && buriedById.get(id) === undefined,
    insert(memory: Memory): void {
      revise(insert(null, memory), memory, memory.source);
    },
    /** `by` is who changed words or tags; null leaves the history as it is. */
    update(memory: Memory, by: MemorySource | null): void {
      const { key } = rowOf(memory.id);
      const { content, tags, pinned, updatedAt, revision } = memory;
      updateRow.run(
        content,
        likenessOf(content),
        JSON.stringify(tags),
        pinned ? 1 : 0,
        updatedAt,
        revision,
        key,
      );
      written(key, tags);
      if (by !== null) revise(key, memory, by);
    },
    bury(id: MemoryId, at: number): void {
      const row = rowOf(id);
      bury.run(row.key, id, JSON.stringify(toMemory(row)), at);
      removeRow.run(row.key);
      written(row.key, []);
    },
    /** As it was; null when nothing of it is left. */
    unbury(id: MemoryId, since: number): Memory | null {
      const row = buriedById.get(id);
      if (row === undefined || row.deleted_at <= since) return null;
      unbury.run(row.key);
      const memory = JSON.parse(row.body) as Memory;
      insert(row.key, memory);
      return memory;
    },
    firstBuriedAt: (): number | null => firstBuried.get() ?? null,
    /** Nothing is left of what was deleted until then, at most so many at once. Returns how many. */
    purge(until: number, limit: number): number {
      const keys = buriedUntil.all(until, limit);
      for (const key of keys) {
        dropRevisions.run(key);
        unbury.run(key);
      }
      return keys.length;
    },
    revisionsBefore: (id: MemoryId, before: number, limit: number): KeptRevision[] =>
      revisionsBefore.all(id, before, limit).map(toRevision),
    recordUse(use: MemoryUse): void {
      insertUse.run(use.memoryId, use.revision, use.runId, use.sessionId, use.at, JSON.stringify(use.why));
    },
    usesOfRun: (runId: RunId): MemoryUse[] => usesOfRun.all(runId, MAX_USES_OF_RUN).map(toUse),
    async uses(id: MemoryId, limit: number, before: number) {
      const rows = await usesOfMemory([id, before, limit + 1]);
      const shown = rows.slice(0, limit);
      return {
        uses: shown.map(toUse),
        next: rows.length > limit ? (shown.at(-1)?.key ?? null) : null,
      };
    },
    /** Those with most of the words, by how rare these are. `query` is an FTS5 query. */
    async matching(query: string, limit: number): Promise<Memory[]> {
      await words.caughtUp();
      return (await matching([query, limit])).map(toMemory);
    },
  };
}
