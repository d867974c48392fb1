import { readFileSync } from "node:fs";

/** The only source of time and timers in areas, so that tests can move it. */
export interface Clock {
  /** Epoch milliseconds, as the machine's clock says. People and time servers set it, forth and back. */
  now(): number;
  /** Milliseconds from anywhere, counted by the machine: nobody sets it, and it stands still while the machine sleeps. */
  steady(): number;
  /** For how long `steady` is one count, also for processes to come. Null: for this process alone. */
  readonly boot: string | null;
  /** Runs `wake` once after `ms` of the steady count; the result cancels it. What ends something is `whenOver`. */
  after(ms: number, wake: () => void): () => void;
}

/** setTimeout takes at most 2^31-1 ms; longer waits are made of several. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  steady() {
    const [seconds, nanoseconds] = process.hrtime();
    return seconds * 1000 + Math.floor(nanoseconds / 1e6);
  },
  boot: bootOf(process.platform),
  after(ms, wake) {
    let timer: NodeJS.Timeout;
    const wait = (left: number) => {
      const step = Math.min(left, MAX_TIMEOUT_MS);
      timer = setTimeout(() => (left > step ? wait(left - step) : wake()), step);
      timer.unref();
    };
    wait(Math.max(0, ms));
    return () => clearTimeout(timer);
  },
};

/** Linux names each start of the machine; elsewhere a later process knows only the clock that can be set. */
function bootOf(platform: NodeJS.Platform): string | null {
  if (platform !== "linux") return null;
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim() || null;
  } catch {
    return null;
  }
}

/** Resolves after `ms`, or rejects with the signal's reason as soon as it aborts. */
export function sleep(clock: Pick<Clock, "after">, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    const onAbort = () => {
      cancelTimer();
      reject(signal.reason as Error);
    };
    const cancelTimer = clock.after(ms, () => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    });
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
