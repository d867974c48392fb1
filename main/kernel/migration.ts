import type { SqliteDatabase } from "./sqlite.ts";

/** `id` sorts in the order of application: `20261121-1-runs`. What has been released is never edited. */
export interface Migration {
  readonly id: string;
  readonly sql: string;
}

/** Contract: throws when the database was written by a newer version; each step happens whole or not at all. */
export function migrate(db: SqliteDatabase, migrations: readonly Migration[]): void {
  db.exec("CREATE TABLE IF NOT EXISTS migrations (id TEXT PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT");
  const applied = new Set(db.prepare<[], string>("SELECT id FROM migrations").pluck().all());
  const known = new Set(migrations.map((migration) => migration.id));
  const foreign = [...applied].filter((id) => !known.has(id));
  if (foreign.length > 0) {
    throw new Error(`it was written by a newer Gatehouse (unknown schema step ${foreign[0]})`);
  }
  const record = db.prepare("INSERT INTO migrations (id, applied_at) VALUES (?, ?)");
  const due = migrations.filter((migration) => !applied.has(migration.id));
  for (const migration of due.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    db.transaction(() => {
      db.exec(migration.sql);
      record.run(migration.id, Date.now());
    })();
  }
}
