import type { Migration } from "../../kernel/database.ts";
import { wordIndexSql } from "../../kernel/word-index.ts";

/**
 * Events are kept in chunks, as they were committed together. A chunk's position is `runs.key * 2^24 + last seq`, so
 * a run's log is one range of one tree, in order, with no index beside it.
 */
export const runMigrations: readonly Migration[] = [
  {
    id: "20261121-3-runs",
    sql: `
      CREATE TABLE runs (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        session_id TEXT NOT NULL,
        client_id TEXT NOT NULL,
        title TEXT NOT NULL,
        status TEXT NOT NULL,
        detached INTEGER NOT NULL,
        provider TEXT NOT NULL,
        model TEXT NOT NULL,
        started_at INTEGER NOT NULL,
        ended_at INTEGER,
        error_code TEXT,
        error_message TEXT,
        usage TEXT,
        tool_calls INTEGER NOT NULL DEFAULT 0,
        last_seq INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      CREATE INDEX runs_by_session ON runs (session_id, key);
      CREATE INDEX runs_by_status ON runs (status, key);
      CREATE VIRTUAL TABLE runs_words USING fts5 (
        title, session, client, content = '', columnsize = 0, tokenize = "unicode61 remove_diacritics 2"
      );
      CREATE TABLE run_events (position INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
    `,
  },
  { id: "20261121-4-runs-words", sql: wordIndexSql("runs_words", "title, session, client") },
  {
    // Logs of ended runs, compressed (`archive/`). Positions as in run_events; what is in one is not in the other.
    id: "20261123-1-archives",
    sql: "CREATE TABLE run_archives (position INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;",
  },
];
