import { dirname } from "node:path";
import { listBackups, removeUnfinished } from "./backups.ts";
import { openDatabase } from "./database.ts";
import type { Migration } from "./migration.ts";
import { finishNext, prepareNext, whatIsWrong } from "./replacement.ts";
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
  return openDatabase(file, migrations, () => {
    removeUnfinished(dirname(file));
    removeUnfinished(backups);
    finishNext(file);
    const wrong = whatIsWrong(file, listBackups(backups).length > 0);
    if (wrong === null) return;
    prepareNext(file, migrations, { ...wrong, at: now, from: null });
    finishNext(file);
  });
}
