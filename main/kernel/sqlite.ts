import { chmodSync, closeSync, openSync, statSync } from "node:fs";
import Database from "better-sqlite3";

export type SqliteDatabase = Database.Database;

/** One connection. The only place that knows the driver, and where it finds SQLite if not in its own package. */
export function connect(
  file: string,
  options: { readonly timeout: number; readonly readonly?: boolean },
): SqliteDatabase {
  const nativeBinding = process.env["GATEHOUSE_SQLITE_BINDING"];
  return new Database(file, nativeBinding === undefined ? options : { ...options, nativeBinding });
}

/** Files beside the database take over its mode, so it has to be right before there are any. */
export function createPrivately(file: string): void {
  // An existing one must not be opened and closed here: closing lets go of every lock this process has on it.
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) closeSync(openSync(file, "wx", 0o600));
  else if (found.isFile()) chmodSync(file, 0o600);
}
