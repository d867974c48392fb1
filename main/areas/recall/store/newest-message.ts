import type { SqliteDatabase } from "../../../kernel/sqlite.ts";

/** Its key; 0 when nothing was ever said. */
export function newestMessage(db: SqliteDatabase): number {
  return db.prepare<[], number>("SELECT coalesce(max(key), 0) FROM messages").pluck().get() ?? 0;
}
