import type { Migration } from "../../kernel/database.ts";
import { wordIndexSql } from "../../kernel/word-index.ts";

/**
 * `sessions.key` stands for the client's name of any length in every other table. Messages are never deleted or
 * rewritten: a compaction is a row that says from where on the model sees them and what it sees in place of the rest.
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
];
