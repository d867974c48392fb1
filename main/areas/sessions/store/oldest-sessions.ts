import type { SessionId } from "../../../contract/ids.ts";
import type { SqliteDatabase } from "../../../kernel/database.ts";

/** A session without a message takes room too. */
const ROW_BYTES = 1_000;

/** Those not used for longest, first of those that were archived, and about how many bytes they take. */
export function createOldestSessions(db: SqliteDatabase) {
  const oldest = (state: "archived_at IS NULL" | "archived_at IS NOT NULL") =>
    db.prepare<[number, number], { key: number; id: string }>(
      `SELECT key, id FROM sessions WHERE ${state} AND deleted_at IS NULL AND updated_at < ?
       ORDER BY updated_at, key LIMIT ?`,
    );
  const inOrder = [oldest("archived_at IS NOT NULL"), oldest("archived_at IS NULL")];
  const bytesOf = db
    .prepare<[number], number>(
      "SELECT coalesce(sum(length(body)), 0) FROM (SELECT body FROM messages WHERE session_key = ? LIMIT 2000)",
    )
    .pluck();
  return function* (
    usedBefore: number,
    limit: number,
  ): Generator<{ readonly id: SessionId; readonly bytes: number }> {
    for (const { key, id } of inOrder.flatMap((statement) => statement.all(usedBefore, limit))) {
      yield { id: id as SessionId, bytes: ROW_BYTES + (bytesOf.get(key) ?? 0) };
    }
  };
}

export type OldestSessions = ReturnType<typeof createOldestSessions>;
