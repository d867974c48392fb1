import type { ChangedRows } from "../../../kernel/changed-rows.ts";
import type { SqliteDatabase } from "../../../kernel/database.ts";
import { startOf, type Kinship } from "./lineage.ts";

/** Children that get another parent at once. */
const CHILDREN_AT_ONCE = 100;

/**
 * Before a session goes, what it shares with its children becomes theirs: the child that shares most gets it, and the
 * others are that one's children from then on. Places stay what they are, so each step leaves all of them as they were
 * to whoever reads them, and a process that dies between two steps goes on with the next.
 */
export function createHandOver(db: SqliteDatabase, changed: ChangedRows) {
  const heirOf = db.prepare<[number], Kinship>(
    `SELECT key, parent_key, parent_position FROM sessions WHERE parent_key = ?
     ORDER BY parent_position DESC, key LIMIT 1`,
  );
  const othersOf = db.prepare<[number, number], Kinship>(
    `SELECT key, parent_key, parent_position FROM sessions WHERE parent_key = ? AND key <> ?
     ORDER BY parent_position LIMIT ${CHILDREN_AT_ONCE}`,
  );
  const setParent = db.prepare<[number | null, number | null, number]>(
    "UPDATE sessions SET parent_key = ?, parent_position = ? WHERE key = ?",
  );
  const giveCompactions = db.prepare<[number, number, number]>(
    "UPDATE OR IGNORE compactions SET session_key = ? WHERE session_key = ? AND told_to <= ?",
  );
  const lastShared = db.prepare<[number, number], { key: number; position: number }>(
    "SELECT key, position FROM messages WHERE session_key = ? AND position < ? ORDER BY position DESC LIMIT 1",
  );
  // The run that said it goes with the session.
  const giveMessage = db.prepare<[number, number]>(
    "UPDATE messages SET session_key = ?, run_id = NULL WHERE key = ?",
  );

  /** What a child shares from before the session's own beginning was never the session's. */
  const passUp = (child: Kinship, { parent_key }: Kinship) =>
    setParent.run(parent_key, parent_key === null ? null : startOf(child), child.key);

  /** Does a little of it. False: nobody shares anything with this session any more. */
  return (session: Kinship): boolean => {
    const heir = heirOf.get(session.key);
    if (heir === undefined) return false;
    const others = othersOf.all(session.key, heir.key);
    for (const child of others) {
      if (startOf(child) > startOf(session)) setParent.run(heir.key, startOf(child), child.key);
      else passUp(child, session);
    }
    if (others.length > 0) return true;
    giveCompactions.run(heir.key, session.key, startOf(heir));
    const message = lastShared.get(session.key, startOf(heir));
    if (message === undefined) {
      passUp({ ...heir, parent_position: Math.min(startOf(heir), startOf(session)) }, session);
      return true;
    }
    giveMessage.run(heir.key, message.key);
    changed.note("message", message.key);
    setParent.run(session.key, message.position, heir.key);
    return true;
  };
}
