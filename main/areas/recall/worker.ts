import { parentPort, workerData } from "node:worker_threads";
import { createRecallEngine } from "./engine.ts";
import { HistoryError } from "./store/source.ts";
import { NoSuchPage, type Answered, type Asked } from "./search.ts";
import type { IndexProgress } from "./store/indexer.ts";

/** What the thread is started with. */
export interface RecallStart {
  readonly indexFile: string;
  readonly historyFile: string;
}

/** A question, or null: follow the history until there is nothing left to do. */
export interface RecallRequest {
  readonly number: number;
  readonly asked: Asked | null;
}

export interface RecallState extends IndexProgress {
  /** Changes of the history up to here are followed. */
  readonly followed: number;
}

export type RecallReport =
  | { readonly number: number; readonly answer: Answered & { readonly missing: number } }
  | { readonly number: number; readonly failure: string; readonly kind: "page" | "other" }
  /** How far it is, told now and then, and when there is nothing left to do. */
  | { readonly state: RecallState; readonly isDone: boolean }
  /** Nothing more is indexed until it is asked for again. */
  | { readonly trouble: string };

/** Who asks waits for one slice. */
const SLICE_MS = 12;
const TELL_EVERY_MS = 250;

const { indexFile, historyFile } = workerData as RecallStart;
const engine = createRecallEngine(indexFile, historyFile);
let isFollowing = false;
let toldAt = 0;

const tell = (report: RecallReport) => parentPort?.postMessage(report, []);
const inWords = (error: unknown) => (error instanceof Error ? error.message : String(error));

function follow(): void {
  if (!isFollowing) return;
  try {
    isFollowing = engine.slice(SLICE_MS);
    if (!isFollowing || performance.now() - toldAt >= TELL_EVERY_MS) {
      toldAt = performance.now();
      tell({ state: engine.progress(), isDone: !isFollowing });
    }
  } catch (error) {
    isFollowing = false;
    tell({ trouble: inWords(error instanceof HistoryError ? (error.cause ?? error) : error) });
  }
  if (isFollowing) setImmediate(follow);
}

function answer({ number, asked }: RecallRequest): void {
  if (asked === null) {
    if (!isFollowing) setImmediate(follow);
    isFollowing = true;
    return;
  }
  try {
    tell({ number, answer: engine.answer(asked) });
  } catch (error) {
    tell({ number, failure: inWords(error), kind: error instanceof NoSuchPage ? "page" : "other" });
  }
}

parentPort?.on("message", (request: RecallRequest | "close") => {
  if (request !== "close") return answer(request);
  isFollowing = false;
  engine.close();
  parentPort?.close();
});
