import type { Migration } from "../../kernel/database.ts";

/** `asked` holds what never changes of a question, as JSON. `asker` and `ask_key` find one that is asked again. */
export const questionMigrations: readonly Migration[] = [
  {
    id: "20261122-7-questions",
    sql: `
      CREATE TABLE questions (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        asker TEXT NOT NULL,
        ask_key TEXT,
        patience_ms INTEGER,
        asked TEXT NOT NULL,
        status TEXT NOT NULL,
        asked_at INTEGER NOT NULL,
        expires_at INTEGER,
        stamp TEXT,
        settled_at INTEGER,
        decided_by_kind TEXT,
        decided_by_name TEXT,
        answer TEXT,
        reason TEXT
      ) STRICT;
      CREATE INDEX questions_pending ON questions (key) WHERE status = 'pending';
      CREATE UNIQUE INDEX questions_by_key ON questions (asker, ask_key) WHERE ask_key IS NOT NULL;
    `,
  },
];
