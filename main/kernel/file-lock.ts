import { connect, createPrivately } from "./sqlite.ts";

/**
 * Holds `file` for this process until the result is called. The system lets go of it however the process ends.
 *
 * The lock is an exclusive transaction on an empty SQLite database: the driver is there on every platform, and knows
 * each one's way to a lock that dies with its holder. Nothing is ever written to the file.
 *
 * Contract: throws when somebody holds it, in this process or another.
 */
export function holdFile(file: string): () => void {
  createPrivately(file);
  const lock = connect(file, { timeout: 0 });
  try {
    lock.pragma("journal_mode = MEMORY");
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    throw error;
  }
  return () => void lock.close();
}
