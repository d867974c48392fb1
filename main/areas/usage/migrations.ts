import type { Migration } from "../../kernel/database.ts";

/**
 * Sums by day, so that nobody adds up history. Costs are millionths of a dollar at the prices of the day; of runs
 * from before there were prices they are not known.
 */
export const usageMigrations: readonly Migration[] = [
  {
    id: "20261123-2-usage",
    sql: `
      CREATE TABLE usage_days (
        day TEXT NOT NULL,
        model TEXT NOT NULL,
        client_id TEXT NOT NULL,
        session_id TEXT NOT NULL,
        runs INTEGER NOT NULL,
        input INTEGER NOT NULL,
        output INTEGER NOT NULL,
        cache_read INTEGER NOT NULL,
        cache_write INTEGER NOT NULL,
        cost INTEGER NOT NULL,
        unpriced INTEGER NOT NULL,
        PRIMARY KEY (day, model, client_id, session_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX usage_by_session ON usage_days (session_id, day);
      INSERT INTO usage_days
        SELECT date(ended_at / 1000, 'unixepoch', 'localtime'), model, client_id, session_id, count(*),
          sum(usage ->> 'inputTokens'), sum(usage ->> 'outputTokens'),
          sum(coalesce(usage ->> 'cacheReadTokens', 0)), sum(coalesce(usage ->> 'cacheWriteTokens', 0)), 0, count(*)
        FROM runs WHERE usage IS NOT NULL AND ended_at IS NOT NULL GROUP BY 1, 2, 3, 4;
      CREATE TABLE run_costs (run_id TEXT PRIMARY KEY, cost INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    `,
  },
  {
    // What a person has agreed to when the runs of a day had cost as much as a mark in the settings.
    id: "20261123-6-agreements",
    sql: `
      CREATE TABLE usage_agreements (
        day TEXT PRIMARY KEY,
        warn INTEGER,
        stop INTEGER,
        up_to INTEGER
      ) STRICT, WITHOUT ROWID;
    `,
  },
];
