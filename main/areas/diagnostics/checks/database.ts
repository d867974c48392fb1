import { statSync } from "node:fs";
import type { SqliteDatabase } from "../../../kernel/database.ts";
import { failed, ok, type Check } from "../../../kernel/check.ts";

/** The whole file is checked only while that takes no time anyone could notice: it holds up everything else. */
const SMALL_BYTES = 8 * 1024 * 1024;

const FIX = "Go back to a backup, in the window or with gatehouse restore; the present file is kept.";

/** @param noticed is told of damage, so that nothing more is written. */
export function createDatabaseCheck(database: SqliteDatabase, noticed: (error: unknown) => unknown): Check {
  return {
    name: "database",
    title: "Database",
    run() {
      try {
        database.prepare("SELECT count(*) FROM sqlite_schema").get();
        if (sizeOf(database) < SMALL_BYTES) {
          const found = database.pragma("quick_check(1)", { simple: true });
          if (found !== "ok") {
            noticed(Object.assign(new Error(String(found)), { code: "SQLITE_CORRUPT" }));
            return failed(`The database is damaged: ${String(found)}`, FIX);
          }
        }
      } catch (error) {
        noticed(error);
        return failed(`The database can't be read: ${(error as Error).message}`, FIX);
      }
      try {
        if (!database.inTransaction) database.exec("BEGIN IMMEDIATE; ROLLBACK");
      } catch (error) {
        return failed(
          `The database can't be written: ${(error as Error).message}`,
          "Check that the disk has space and that the file belongs to you.",
        );
      }
      const megabytes = sizeOf(database) / 1024 / 1024;
      const size = megabytes < 0.1 ? "less than 0.1" : megabytes.toFixed(1);
      return ok(`Readable and writable, ${size} MB.`);
    },
  };
}

function sizeOf(database: SqliteDatabase): number {
  return database.memory ? 0 : statSync(database.name).size;
}
