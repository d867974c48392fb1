import type { Migration } from "../../kernel/database.ts";
import { wordIndexSql } from "../../kernel/word-index.ts";

/**
 * `sessions.key` stands for the client's name of any length in every other table. Messages are never rewritten, and
 * deleted with their session only: a compaction is a row that says from where on the model sees them and what it sees in
 * place of the rest.
 */
export const sessionMigrations: readonly Migration[] = [
  {
    id: "20261121-1-sessions",
    sql: `
      CREATE TABLE sessions (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        client_id TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        message_count INTEGER NOT NULL DEFAULT 0,
        user_message_count INTEGER NOT NULL DEFAULT 0,
        assistant_message_count INTEGER NOT NULL DEFAULT 0,
        run_count INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      CREATE INDEX sessions_by_use ON sessions (updated_at DESC, key DESC);
      CREATE VIRTUAL TABLE sessions_words USING fts5 (
        id, title, content = '', columnsize = 0, tokenize = "unicode61 remove_diacritics 2"
      );
      CREATE TABLE messages (
        key INTEGER PRIMARY KEY,
        session_key INTEGER NOT NULL REFERENCES sessions (key),
        position INTEGER NOT NULL,
        run_id TEXT,
        role TEXT NOT NULL,
        body TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        UNIQUE (session_key, position)
      ) STRICT;
      CREATE TABLE compactions (
        session_key INTEGER NOT NULL REFERENCES sessions (key),
        from_position INTEGER NOT NULL,
        summary TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        PRIMARY KEY (session_key, from_position)
      ) STRICT, WITHOUT ROWID;
    `,
  },
  { id: "20261121-4-sessions-words", sql: wordIndexSql("sessions_words", "id, title") },
  {
    // Messages before `parent_position` are the parent's. What a compaction tells lies before `told_to`: a session that
    // was forked from an earlier message must not hear of it.
    id: "20261123-4-sessions",
    sql: `
      ALTER TABLE sessions ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
      ALTER TABLE sessions ADD COLUMN archived_at INTEGER;
      ALTER TABLE sessions ADD COLUMN deleted_at INTEGER;
      ALTER TABLE sessions ADD COLUMN workspace TEXT;
      ALTER TABLE sessions ADD COLUMN parent_key INTEGER REFERENCES sessions (key);
      ALTER TABLE sessions ADD COLUMN parent_position INTEGER;
      DROP INDEX sessions_by_use;
      CREATE INDEX sessions_listed ON sessions (updated_at DESC, key DESC)
        WHERE archived_at IS NULL AND deleted_at IS NULL;
      CREATE INDEX sessions_archived ON sessions (updated_at DESC, key DESC)
        WHERE archived_at IS NOT NULL AND deleted_at IS NULL;
      CREATE INDEX sessions_by_parent ON sessions (parent_key, parent_position) WHERE parent_key IS NOT NULL;
      CREATE INDEX sessions_with_workspace ON sessions (key) WHERE workspace IS NOT NULL;
      CREATE TABLE session_tags (
        tag TEXT NOT NULL,
        session_key INTEGER NOT NULL REFERENCES sessions (key),
        PRIMARY KEY (tag, session_key)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX session_tags_by_session ON session_tags (session_key);
      CREATE TABLE session_deletions (
        session_key INTEGER PRIMARY KEY REFERENCES sessions (key),
        session_id TEXT NOT NULL,
        ends_at INTEGER NOT NULL,
        stamp TEXT,
        runs_to INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE message_keys (next INTEGER NOT NULL) STRICT;
      ALTER TABLE compactions ADD COLUMN told_to INTEGER NOT NULL DEFAULT 0;
      UPDATE compactions SET told_to = (SELECT message_count FROM sessions WHERE key = session_key);
      ${wordIndexSql("sessions_words", "id, title, tags")}
    `,
  },
];
