import { renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { backupName, removeSuperfluous, requireRoom, type Backup } from "./backups.ts";
import { openReader } from "./database.ts";
import type { Incident } from "./incidents.ts";
import type { Migration } from "./migration.ts";
import { randomHex } from "./random-id.ts";
import { prepareNext } from "./replacement.ts";
import { connect, createPrivately } from "./sqlite.ts";
import { syncFile, syncFolder } from "./sync.ts";

/** What takes long enough to be done beside the main thread, in a thread that ends with it. */
export type BackupTask =
  | { readonly does: "back up"; readonly file: string; readonly folder: string; readonly at: number }
  | { readonly does: "check"; readonly file: string }
  | { readonly does: "measure"; readonly file: string }
  | {
      readonly does: "prepare";
      readonly file: string;
      readonly migrations: readonly Migration[];
      readonly why: Omit<Incident, "keptAs">;
      readonly from: string | null;
    };

export type BackupResult =
  | { readonly made: Backup | null }
  | { readonly tables: Readonly<Record<string, number>> }
  | { readonly failure: string; readonly code: string };

/** After so many pages others may look at the file. */
const PAGES = 2_000;

async function backUp(file: string, folder: string, at: number): Promise<Backup> {
  const name = backupName(at);
  requireRoom(folder, statSync(file).size);
  const temporary = join(folder, `${name}.${randomHex()}.tmp`);
  try {
    createPrivately(temporary);
    const source = openReader(file);
    try {
      // One state of it: writes that go on meanwhile do not make it begin anew.
      source.exec("BEGIN");
      source.prepare("SELECT count(*) FROM sqlite_schema").get();
      await source.backup(temporary, { progress: () => PAGES });
    } finally {
      source.close();
    }
    // It is one file from here on, without a log beside it.
    const copy = connect(temporary, { timeout: 0 });
    try {
      copy.pragma("journal_mode = DELETE");
      requireWhole(copy.pragma("quick_check(1)", { simple: true }));
    } finally {
      copy.close();
    }
    syncFile(temporary);
    renameSync(temporary, join(folder, name));
    syncFolder(folder);
  } catch (error) {
    for (const end of ["", "-journal", "-wal", "-shm"]) rmSync(`${temporary}${end}`, { force: true });
    throw error;
  }
  removeSuperfluous(folder);
  return { name, at, bytes: statSync(join(folder, name)).size };
}

function check(file: string): void {
  const db = openReader(file);
  try {
    requireWhole(db.pragma("quick_check(1)", { simple: true }));
  } finally {
    db.close();
  }
}

/** Bytes by table, with its indexes and whatever is kept for it. */
function measure(file: string): Record<string, number> {
  const db = openReader(file);
  try {
    const rows = db
      .prepare<[], { name: string; bytes: number }>(
        `SELECT coalesce(tbl_name, dbstat.name) AS name, sum(pgsize) AS bytes
         FROM dbstat LEFT JOIN sqlite_schema USING (name) GROUP BY 1`,
      )
      .all();
    return Object.fromEntries(rows.map(({ name, bytes }) => [name, bytes]));
  } finally {
    db.close();
  }
}

/** A copy has every page as it is, so what is wrong with it is wrong with the database. */
function requireWhole(found: unknown): void {
  if (found !== "ok") throw Object.assign(new Error(String(found)), { code: "SQLITE_CORRUPT" });
}

async function perform(task: BackupTask): Promise<BackupResult> {
  try {
    if (task.does === "back up") return { made: await backUp(task.file, task.folder, task.at) };
    if (task.does === "measure") return { tables: measure(task.file) };
    if (task.does === "check") check(task.file);
    else prepareNext(task.file, task.migrations, { ...task.why, from: task.from });
    return { made: null };
  } catch (error) {
    const { message, code = "" } = error as Error & { readonly code?: string };
    return { failure: message, code };
  }
}

void perform(workerData as BackupTask).then((result) => parentPort?.postMessage(result, []));
