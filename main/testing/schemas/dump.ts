import type { SqliteDatabase } from "../../kernel/database.ts";

/** All that makes an empty database of the same shape, as SQL. Tables that SQLite keeps for its own use are left out. */
export function dumpSchema(db: SqliteDatabase): string {
  const statements = db
    .prepare<[], string>(
      `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name NOT IN (
         SELECT shadow.name FROM pragma_table_list AS shadow WHERE shadow.type = 'shadow'
       ) ORDER BY rowid`,
    )
    .pluck()
    .all();
  const applied = db.prepare<[], string>("SELECT id FROM migrations ORDER BY id").pluck().all();
  const steps = applied.map((id) => `INSERT INTO migrations (id, applied_at) VALUES ('${id}', 0)`);
  return [...statements, ...steps].map((statement) => `${statement};\n`).join("");
}
