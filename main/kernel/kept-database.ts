import { existsSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { listBackups, removeUnfinished } from "./backups.ts";
import { openDatabase } from "./database.ts";
import { recordIncident } from "./incidents.ts";
import { isLogUnreadable } from "./log-damage.ts";
import type { Migration } from "./migration.ts";
import { finishNext, markOf, prepareNext, whatIsWrong } from "./replacement.ts";
import type { SqliteDatabase } from "./sqlite.ts";

/**
 * Opens the database; one that is damaged is kept under another name, and an empty one takes over that says so.
 *
 * Contract: as `openDatabase`, but for a damaged file.
 */
export function openKeptDatabase(
  file: string,
  migrations: readonly Migration[],
  { backups, now }: { readonly backups: string; readonly now: number },
): SqliteDatabase {
  const mark = markOf(file);
  let lost: string | null = null;
  const db = openDatabase(file, migrations, () => {
    removeUnfinished(dirname(file));
    removeUnfinished(backups);
    finishNext(file);
    lost = whatLogLost(file);
    // A start that fails closes the database in order, and its log goes.
    if (lost === null) rmSync(mark, { force: true });
    const wrong = whatIsWrong(file, listBackups(backups).length > 0);
    if (wrong === null) return;
    prepareNext(file, migrations, { ...wrong, at: now, from: null });
    finishNext(file);
    lost = null;
  });
  if (lost !== null) recordIncident(db, { at: now, kind: "incomplete", detail: lost, keptAs: null });
  return marked(db, mark);
}

/** What has become of the log of a process that was killed; null where it is as it was left. */
function whatLogLost(file: string): string | null {
  if (!existsSync(file)) return null;
  const log = `${file}-wal`;
  if (!existsSync(log)) return existsSync(markOf(file)) ? "its log was gone" : null;
  return isLogUnreadable(log) ? "its log was damaged" : null;
}

/**
 * A process that was killed leaves the log beside the database, and this mark. Where the mark is alone, somebody has
 * taken the log away, and with it what was written last.
 */
function marked(db: SqliteDatabase, mark: string): SqliteDatabase {
  writeFileSync(mark, "", { mode: 0o600 });
  const close = db.close.bind(db);
  db.close = () => {
    // Before the log goes, as it does when the last connection is closed.
    if (db.open) removeIfPossible(mark);
    close();
    return db;
  };
  return db;
}

/** A disk that lets nothing be removed leaves the log where it is as well, so nothing will be missed. */
function removeIfPossible(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    return;
  }
}
