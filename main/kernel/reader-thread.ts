import { Worker } from "node:worker_threads";
import { AppError } from "../contract/errors.ts";
import type { ReaderStart, ReadRequest, ReadResult } from "./reader-worker.ts";
import type { Readers, ReadStatement, SqlValue } from "./readers.ts";

interface Read extends ReadRequest {
  readonly resolve: (rows: never[]) => void;
  readonly reject: (reason: unknown) => void;
}

/** A bundle has the worker beside it as a file of its own. */
const script = new URL(
  import.meta.url.endsWith(".ts") ? "reader-worker.ts" : "reader-worker.cjs",
  import.meta.url,
);

const MAX_WAITING = 256;
/** A thread holds some 10 MB for as long as it lives, and starting one takes tens of milliseconds. */
const IDLE_MS = 30_000;
/** Lists are short; what is read is not kept. */
const HEAP = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8 };

/**
 * One connection in a thread of its own, started by the first read and ended when none came for a while. A thread that
 * breaks takes one read with it.
 */
export function createReaderThread(
  file: string,
  flush: () => void,
  noticed: (error: unknown) => unknown,
  idleMs = IDLE_MS,
): Readers {
  const unwanted = new Int32Array(new SharedArrayBuffer(4));
  const waiting: Read[] = [];
  let running: Read | null = null;
  let worker: Worker | null = null;
  /** Of the last thread that was sent home. */
  let gone: Promise<unknown> = Promise.resolve();
  let resting: NodeJS.Timeout | undefined;
  let lastNumber = 0;
  let closed: Promise<void> | null = null;

  const start = (): Worker => {
    const workerData: ReaderStart = { file, unwanted };
    const started = new Worker(script, { workerData, name: "reader", resourceLimits: HEAP });
    let failure: unknown = new Error("the reader's thread ended");
    started.on("message", (result: ReadResult) => {
      const read = running;
      running = null;
      if ("rows" in result) read?.resolve(result.rows as never[]);
      else read?.reject(noticed(Object.assign(new Error(result.failure), { code: result.code })));
      next();
    });
    started.on("error", (error) => (failure = error));
    started.on("exit", () => {
      // Who was sent home had nothing to do; its successor may.
      if (worker !== started) return;
      worker = null;
      clearTimeout(resting);
      const read = running;
      running = null;
      read?.reject(failure);
      next();
    });
    return started;
  };

  const enqueue = (read: Omit<Read, "number">): Read => {
    lastNumber = (lastNumber % 0x7fffffff) + 1;
    const entry = { ...read, number: lastNumber };
    waiting.push(entry);
    next();
    return entry;
  };

  const next = () => {
    if (running !== null) return;
    running = waiting.shift() ?? null;
    if (running === null) {
      // Nobody is kept from ending by a thread that has nothing to do; who closes it waits for its end.
      if (closed === null && worker !== null) rest(worker);
      return;
    }
    clearTimeout(resting);
    worker ??= start();
    worker.ref();
    const { number, sql, params } = running;
    worker.postMessage({ number, sql, params } satisfies ReadRequest, []);
  };

  const rest = (idle: Worker) => {
    idle.unref();
    clearTimeout(resting);
    resting = setTimeout(() => {
      worker = null;
      gone = sendHome(idle);
    }, idleMs).unref();
  };

  const read = (sql: string, params: readonly SqlValue[], signal: AbortSignal | undefined) =>
    new Promise<never[]>((resolve, reject) => {
      signal?.throwIfAborted();
      if (closed !== null) throw new Error("the database is closed");
      if (waiting.length >= MAX_WAITING) {
        throw new AppError(
          "request.busy",
          503,
          "Too much is being looked up already. Try again in a moment.",
        );
      }
      flush();
      const settled = () => signal?.removeEventListener("abort", abandon);
      const entry = enqueue({
        sql,
        params,
        resolve: (rows) => {
          settled();
          resolve(rows);
        },
        reject: (reason) => {
          settled();
          reject(reason);
        },
      });
      const abandon = () => {
        if (running === entry) Atomics.store(unwanted, 0, entry.number);
        else waiting.splice(waiting.indexOf(entry), 1);
        entry.reject(signal?.reason);
      };
      signal?.addEventListener("abort", abandon, { once: true });
    });

  const close = async () => {
    for (const entry of waiting.splice(0)) entry.reject(new Error("the database is closed"));
    clearTimeout(resting);
    if (running !== null) Atomics.store(unwanted, 0, running.number);
    if (worker !== null) await sendHome(worker);
    await gone;
  };

  return {
    statement<P extends readonly SqlValue[], Row>(sql: string): ReadStatement<P, Row> {
      return (params, signal) => read(sql, params, signal);
    },
    checkpoint() {
      const isUnderWay = [running, ...waiting].some((entry) => entry?.sql === null);
      if (closed !== null || isUnderWay) return;
      // Where it fails, the writer does it in the end.
      enqueue({ sql: null, params: [], resolve: () => {}, reject: () => {} });
    },
    close: () => (closed ??= close()),
  };
}

/** Resolves once its connections are closed and it has ended. */
function sendHome(worker: Worker): Promise<unknown> {
  const ended = new Promise((resolve) => worker.once("exit", resolve));
  worker.ref();
  worker.postMessage("close", []);
  return ended;
}
