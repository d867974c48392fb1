import type { Migration } from "../../kernel/database.ts";

/** `scopes` is a list of words with spaces between. A revoked key keeps its row: the ledger speaks of it. */
export const accessMigrations: readonly Migration[] = [
  {
    id: "20261121-8-access",
    sql: `
      CREATE TABLE access_keys (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        secret_hash TEXT NOT NULL,
        scopes TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        expires_at INTEGER,
        last_used_at INTEGER,
        revoked_at INTEGER
      ) STRICT, WITHOUT ROWID;
    `,
  },
  { id: "20261122-2-key-stamps", sql: "ALTER TABLE access_keys ADD COLUMN stamp TEXT" },
];
