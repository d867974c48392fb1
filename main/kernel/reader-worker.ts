import { parentPort, workerData } from "node:worker_threads";
import { openCheckpointer, openReader, type SqliteDatabase } from "./database.ts";

/** What a reader's thread is started with. */
export interface ReaderStart {
  readonly file: string;
  /** Holds the number of a request whose result nobody wants any more. */
  readonly unwanted: Int32Array<SharedArrayBuffer>;
}

export interface ReadRequest {
  readonly number: number;
  /** Null: carry the log over into the database file. */
  readonly sql: string | null;
  readonly params: readonly unknown[];
}

export type ReadResult =
  | { readonly number: number; readonly rows: readonly unknown[] }
  | { readonly number: number; readonly failure: string; readonly code: string };

const { file, unwanted } = workerData as ReaderStart;
const db = openReader(file);
let checkpointer: SqliteDatabase | null = null;
const prepared = new Map<string, ReturnType<typeof db.prepare>>();

function checkpoint(): unknown[] {
  checkpointer ??= openCheckpointer(file);
  return checkpointer.pragma("wal_checkpoint(PASSIVE)") as unknown[];
}

function read(number: number, sql: string, params: readonly unknown[]): unknown[] {
  const statement = prepared.get(sql) ?? db.prepare(sql);
  prepared.set(sql, statement);
  const rows: unknown[] = [];
  for (const row of statement.iterate(...params)) {
    if (Atomics.load(unwanted, 0) === number) break;
    rows.push(row);
  }
  return rows;
}

function answer({ number, sql, params }: ReadRequest): ReadResult {
  try {
    return { number, rows: sql === null ? checkpoint() : read(number, sql, params) };
  } catch (error) {
    const { message, code = "" } = error as Error & { readonly code?: string };
    return { number, failure: message, code };
  }
}

parentPort?.on("message", (request: ReadRequest | "close") => {
  if (request !== "close") {
    parentPort?.postMessage(answer(request), []);
    return;
  }
  db.close();
  checkpointer?.close();
  parentPort?.close();
});
