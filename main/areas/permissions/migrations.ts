import type { Migration } from "../../kernel/database.ts";
import { wordIndexSql } from "../../kernel/word-index.ts";

/** `details` holds what only the full request shows, as JSON: target, arguments, presentation, choices. */
export const permissionMigrations: readonly Migration[] = [
  {
    id: "20261121-2-permissions",
    sql: `
      CREATE TABLE permission_requests (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        run_id TEXT NOT NULL,
        session_id TEXT NOT NULL,
        client_id TEXT NOT NULL,
        tool TEXT NOT NULL,
        action TEXT NOT NULL,
        target_preview TEXT NOT NULL,
        work_dir TEXT NOT NULL,
        act TEXT NOT NULL,
        wants TEXT NOT NULL,
        risk_level TEXT NOT NULL,
        digest TEXT NOT NULL,
        details TEXT NOT NULL,
        status TEXT NOT NULL,
        asked_at INTEGER NOT NULL,
        expires_at INTEGER,
        settled_at INTEGER,
        decided_by_kind TEXT,
        decided_by_name TEXT,
        scope TEXT,
        reason TEXT
      ) STRICT;
      CREATE INDEX permission_requests_pending ON permission_requests (key) WHERE status = 'pending';
      CREATE TABLE permission_grants (
        id TEXT PRIMARY KEY,
        scope TEXT NOT NULL,
        owner TEXT NOT NULL,
        client_id TEXT NOT NULL,
        session_id TEXT,
        tool TEXT NOT NULL,
        action TEXT NOT NULL,
        target TEXT,
        work_dir TEXT NOT NULL,
        bound_to TEXT,
        sentence TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        expires_at INTEGER,
        last_used_at INTEGER,
        use_count INTEGER NOT NULL DEFAULT 0
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE decisions (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        at INTEGER NOT NULL,
        permission_id TEXT,
        run_id TEXT NOT NULL,
        session_id TEXT NOT NULL,
        client_id TEXT NOT NULL,
        tool TEXT NOT NULL,
        action TEXT NOT NULL,
        target_preview TEXT NOT NULL,
        work_dir TEXT NOT NULL,
        act TEXT NOT NULL,
        outcome TEXT NOT NULL,
        decided_by_kind TEXT NOT NULL,
        decided_by_name TEXT NOT NULL,
        scope TEXT,
        reason TEXT,
        waited_ms INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX decisions_by_outcome ON decisions (outcome, key);
      CREATE VIRTUAL TABLE decisions_words USING fts5 (
        act, target, client, content = '', columnsize = 0, tokenize = "unicode61 remove_diacritics 2"
      );
    `,
  },
  { id: "20261121-4-decisions-words", sql: wordIndexSql("decisions_words", "act, target, client") },
  {
    id: "20261121-5-origins",
    // Who asked before was not kept: a run of somebody who held the one key there was.
    sql: `
      ALTER TABLE permission_requests ALTER COLUMN run_id DROP NOT NULL;
      ALTER TABLE permission_requests ALTER COLUMN session_id DROP NOT NULL;
      ALTER TABLE permission_requests ADD COLUMN door TEXT NOT NULL DEFAULT 'run';
      ALTER TABLE permission_requests ADD COLUMN call_id TEXT;
      ALTER TABLE permission_requests ADD COLUMN asker_kind TEXT NOT NULL DEFAULT 'owner';
      ALTER TABLE permission_requests ADD COLUMN asker_id TEXT NOT NULL DEFAULT 'owner';
      ALTER TABLE permission_requests ADD COLUMN asker_name TEXT NOT NULL DEFAULT '';
      ALTER TABLE decisions ALTER COLUMN run_id DROP NOT NULL;
      ALTER TABLE decisions ALTER COLUMN session_id DROP NOT NULL;
      ALTER TABLE decisions ADD COLUMN door TEXT NOT NULL DEFAULT 'run';
      ALTER TABLE decisions ADD COLUMN call_id TEXT;
      ALTER TABLE decisions ADD COLUMN asker_kind TEXT NOT NULL DEFAULT 'owner';
      ALTER TABLE decisions ADD COLUMN asker_id TEXT NOT NULL DEFAULT 'owner';
      ALTER TABLE decisions ADD COLUMN asker_name TEXT NOT NULL DEFAULT '';
    `,
  },
  {
    // A decision about a request finds its whole target there; only the others need to keep one that was cut.
    id: "20261122-1-history",
    sql: `
      ALTER TABLE decisions ADD COLUMN risk_level TEXT;
      ALTER TABLE decisions ADD COLUMN whole_target TEXT;
      ${wordIndexSql("decisions_words", "act, target, client, reason")}
    `,
  },
  { id: "20261122-2-grant-stamps", sql: "ALTER TABLE permission_grants ADD COLUMN stamp TEXT" },
  { id: "20261122-7-answers", sql: "ALTER TABLE decisions ADD COLUMN question_id TEXT" },
];
