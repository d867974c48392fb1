import type { Clock } from "../../kernel/clock.ts";
import type { Minute } from "./contract.ts";

const MINUTE_MS = 60_000;
const KEPT_MINUTES = 60;
/** Enough for a median that holds, however many calls a minute brings. */
const KEPT_SAMPLES = 256;

/** Counters of the last hour. Every call is a few additions. */
export interface Minutes {
  runStarted(): void;
  runEnded(): void;
  /** A person is asked. */
  asked(): void;
  /** A person has answered after this long. */
  answered(waitedMs: number): void;
  /** A request no longer waits, answered or not. */
  settled(): void;
  toolEnded(tookMs: number): void;
  requestServed(): void;
  /** Without gaps, oldest first, from the start or an hour ago. */
  list(): Minute[];
}

export function createMinutes(clock: Clock): Minutes {
  const ring: Bucket[] = [];
  let pending = 0;

  const bucket = (): Bucket => {
    const at = Math.floor(clock.now() / MINUTE_MS) * MINUTE_MS;
    const latest = ring.at(-1);
    if (latest !== undefined && at <= latest.at) return latest;
    if (latest !== undefined && at - latest.at > KEPT_MINUTES * MINUTE_MS) ring.length = 0;
    for (let next = (ring.at(-1)?.at ?? at - MINUTE_MS) + MINUTE_MS; next <= at; next += MINUTE_MS) {
      ring.push(createBucket(next, pending));
    }
    ring.splice(0, ring.length - KEPT_MINUTES);
    return ring.at(-1) as Bucket;
  };
  const add = (key: "runsStarted" | "runsEnded" | "requests") => () => {
    bucket()[key] += 1;
  };

  bucket();
  return {
    runStarted: add("runsStarted"),
    runEnded: add("runsEnded"),
    requestServed: add("requests"),
    asked() {
      const now = bucket();
      pending += 1;
      now.asked += 1;
      now.pendingMost = Math.max(now.pendingMost, pending);
    },
    answered(waitedMs) {
      const now = bucket();
      now.answered += 1;
      now.answerMs.add(waitedMs);
    },
    settled() {
      bucket();
      pending = Math.max(0, pending - 1);
    },
    toolEnded(tookMs) {
      bucket().toolMs.add(tookMs);
    },
    list() {
      bucket();
      return ring.map((each) => ({
        ...each,
        answerMs: each.answerMs.median(),
        toolMs: each.toolMs.median(),
      }));
    },
  };
}

type Bucket = Omit<Minute, "answerMs" | "toolMs"> & { answerMs: Samples; toolMs: Samples };

const createBucket = (at: number, pending: number): Bucket => ({
  at,
  runsStarted: 0,
  runsEnded: 0,
  asked: 0,
  answered: 0,
  pendingMost: pending,
  answerMs: createSamples(),
  toolMs: createSamples(),
  requests: 0,
});

interface Samples {
  add(value: number): void;
  median(): number | null;
}

/** A fair choice among all values in bounded memory (reservoir sampling). */
function createSamples(): Samples {
  const kept: number[] = [];
  let seen = 0;
  return {
    add(value) {
      seen += 1;
      if (kept.length < KEPT_SAMPLES) kept.push(value);
      else {
        const place = Math.floor(Math.random() * seen);
        if (place < KEPT_SAMPLES) kept[place] = value;
      }
    },
    median() {
      if (kept.length === 0) return null;
      const sorted = kept.toSorted((a, b) => a - b);
      const upper = sorted[sorted.length >> 1] as number;
      const lower = sorted[(sorted.length - 1) >> 1] as number;
      return (upper + lower) / 2;
    },
  };
}
