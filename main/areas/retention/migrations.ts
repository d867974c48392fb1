import type { Migration } from "../../kernel/database.ts";

export const retentionMigrations: readonly Migration[] = [
  {
    id: "20261123-5-retention",
    sql: `
      CREATE TABLE kept_sizes (
        day TEXT NOT NULL,
        kind TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        measured_at INTEGER NOT NULL,
        PRIMARY KEY (day, kind)
      ) STRICT, WITHOUT ROWID;
    `,
  },
];
