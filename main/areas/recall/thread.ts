import { Worker } from "node:worker_threads";
import { AppError, invalidRequest } from "../../contract/errors.ts";
import { fail } from "../../contract/fail.ts";
import type { Clock } from "../../kernel/clock.ts";
import { recall } from "./contract.ts";
import type { Answered, Asked } from "./search.ts";
import type { RecallReport, RecallRequest, RecallStart, RecallState } from "./worker.ts";

/** Whoever searches and indexes: a thread of its own, or for a database in memory the one that asks. */
export interface RecallThread {
  ask(asked: Asked): Promise<Answered & { readonly missing: number }>;
  /** Lets the index follow what was written, beside everything else. */
  follow(): void;
  /** What was wrong when it last tried to follow; null when it could. */
  trouble(): string | null;
  /** Null before it has looked. */
  state(): RecallState | null;
  close(): Promise<void>;
}

interface Waiting {
  readonly asked: Asked;
  readonly resolve: (answer: Answered & { readonly missing: number }) => void;
  readonly reject: (reason: unknown) => void;
}

/** A bundle has the worker beside it as a file of its own. */
const script = new URL(import.meta.url.endsWith(".ts") ? "worker.ts" : "recall-worker.cjs", import.meta.url);

const MAX_WAITING = 256;
const HEAP = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 16 };
/** What has nothing to do takes no memory. */
const IDLE_MS = 30_000;

/**
 * One thread, started by the first question and ended when nobody has had one for a while. If it breaks, it takes what
 * it was asked with it, and the next question starts another.
 */
export function createRecallThread(
  files: RecallStart,
  clock: Clock,
  told: { onState(state: RecallState): void },
): RecallThread {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let lastNumber = 0;
  let state: RecallState | null = null;
  let trouble: string | null = null;
  let isFollowing = false;
  let closed: Promise<void> | null = null;
  let stayAwake = () => {};

  const end = () => {
    const ending = worker;
    worker = null;
    ending?.postMessage("close", []);
    return ending;
  };

  const rest = () => {
    if (worker === null || waiting.size > 0 || isFollowing) return;
    stayAwake();
    stayAwake = clock.after(IDLE_MS, () => void end());
    // Nobody is kept from ending by it.
    worker.unref();
  };

  const take = (report: RecallReport) => {
    if ("number" in report) {
      const asker = waiting.get(report.number);
      waiting.delete(report.number);
      if ("answer" in report) asker?.resolve(report.answer);
      else if (report.kind === "page") asker?.reject(invalidRequest(report.failure));
      else asker?.reject(unavailable(report.failure));
    } else if ("state" in report) {
      ({ state } = report);
      trouble = null;
      isFollowing = !report.isDone;
      told.onState(state);
    } else {
      ({ trouble } = report);
      isFollowing = false;
    }
    rest();
  };

  const start = (): Worker => {
    const started = new Worker(script, { workerData: files, name: "recall", resourceLimits: HEAP });
    let failure = "its thread ended";
    started.on("message", (report: RecallReport) => take(report));
    started.on("error", (error) => (failure = error.message));
    started.on("exit", () => {
      // One that was told to end has answered everything before.
      if (worker !== started) return;
      worker = null;
      if (isFollowing) trouble = failure;
      isFollowing = false;
      for (const { reject } of waiting.values()) reject(unavailable(failure));
      waiting.clear();
    });
    return started;
  };

  const post = (asked: Asked | null): number => {
    if (closed !== null) throw unavailable("Gatehouse is stopping");
    lastNumber += 1;
    worker ??= start();
    worker.ref();
    stayAwake();
    worker.postMessage({ number: lastNumber, asked } satisfies RecallRequest, []);
    return lastNumber;
  };

  return {
    ask: (asked) =>
      new Promise((resolve, reject) => {
        if (waiting.size >= MAX_WAITING) {
          throw new AppError(
            "request.busy",
            503,
            "Too much is being looked up already. Try again in a moment.",
          );
        }
        waiting.set(post(asked), { asked, resolve, reject });
      }),
    follow() {
      if (isFollowing || closed !== null) return;
      isFollowing = true;
      post(null);
    },
    trouble: () => trouble,
    state: () => state,
    close: () =>
      (closed ??= new Promise((resolve) => {
        stayAwake();
        for (const { reject } of waiting.values()) reject(unavailable("Gatehouse is stopping"));
        waiting.clear();
        const ending = end();
        if (ending === null) return resolve();
        ending.ref();
        ending.once("exit", () => resolve());
      })),
  };
}

const unavailable = (why: string) => fail(recall, "unavailable", `The history can't be searched: ${why}.`);
