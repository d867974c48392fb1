import type { Migration } from "../../kernel/database.ts";
import { wordIndexSql } from "../../kernel/word-index.ts";

/**
 * A row of `memories` is what is kept now. Deleting moves it to `deleted_memories`, whole, for as long as that can be
 * taken back: whoever reads `memories`, a search too, has nothing to leave out. No key is used twice.
 */
export const memoryMigrations: readonly Migration[] = [
  {
    id: "20261124-1-memories",
    sql: `
      CREATE TABLE memories (
        key INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        content TEXT NOT NULL,
        likeness TEXT NOT NULL,
        tags TEXT NOT NULL,
        pinned INTEGER NOT NULL,
        source_kind TEXT NOT NULL,
        run_id TEXT,
        call_id TEXT,
        session_id TEXT,
        client_id TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        revision INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX memories_by_age ON memories (created_at DESC, key DESC);
      CREATE INDEX memories_pinned ON memories (created_at DESC, key DESC) WHERE pinned = 1;
      CREATE INDEX memories_by_likeness ON memories (likeness);
      CREATE TABLE memory_tags (
        tag TEXT NOT NULL, memory_key INTEGER NOT NULL, PRIMARY KEY (tag, memory_key)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX memory_tags_by_memory ON memory_tags (memory_key);
      CREATE TABLE memory_revisions (
        memory_key INTEGER NOT NULL,
        number INTEGER NOT NULL,
        at INTEGER NOT NULL,
        source_kind TEXT NOT NULL,
        run_id TEXT,
        call_id TEXT,
        session_id TEXT,
        client_id TEXT NOT NULL,
        content TEXT NOT NULL,
        tags TEXT NOT NULL,
        PRIMARY KEY (memory_key, number)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE deleted_memories (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        body TEXT NOT NULL,
        deleted_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX deleted_memories_by_time ON deleted_memories (deleted_at);
      CREATE TABLE memory_uses (
        key INTEGER PRIMARY KEY,
        memory_id TEXT NOT NULL,
        revision INTEGER NOT NULL,
        run_id TEXT NOT NULL,
        session_id TEXT NOT NULL,
        at INTEGER NOT NULL,
        why TEXT NOT NULL
      ) STRICT;
      CREATE INDEX memory_uses_by_memory ON memory_uses (memory_id, key);
      CREATE INDEX memory_uses_by_run ON memory_uses (run_id, key);
      CREATE TABLE memory_count (id INTEGER PRIMARY KEY CHECK (id = 1), live INTEGER NOT NULL) STRICT;
      INSERT INTO memory_count VALUES (1, 0);
      CREATE TRIGGER memories_counted_up AFTER INSERT ON memories BEGIN
        UPDATE memory_count SET live = live + 1;
      END;
      CREATE TRIGGER memories_counted_down AFTER DELETE ON memories BEGIN
        UPDATE memory_count SET live = live - 1;
      END;
      ${wordIndexSql("memories_words", "content, tags")}
    `,
  },
];
