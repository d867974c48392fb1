import type { Clock } from "../kernel/clock.ts";

export interface FakeClock extends Clock {
  /** Moves time on and wakes what is due on the way, in order; also what those wakes set for within the span. */
  advance(ms: number): void;
  /** Somebody sets the clock forth or back: no time passes. */
  set(byMs: number): void;
  /** The machine sleeps: only its clock goes on, and timers are as far away afterwards as they were before. */
  suspend(ms: number): void;
  /** How many waits are under way. */
  readonly waiting: number;
}

interface Timer {
  /** On the steady count. */
  readonly dueAt: number;
  readonly wake: () => void;
}

/** A clock that stands still until it is moved. `machine` is the start of a machine that several processes live in. */
export function createFakeClock(
  start = Date.UTC(2026, 0, 1),
  machine: { readonly boot: string; readonly steady: number } | null = null,
): FakeClock {
  let now = machine?.steady ?? 0;
  let ahead = start - now;
  const timers = new Set<Timer>();

  const earliestUntil = (end: number): Timer | undefined => {
    let earliest: Timer | undefined;
    for (const timer of timers) {
      if (timer.dueAt <= end && (earliest === undefined || timer.dueAt < earliest.dueAt)) earliest = timer;
    }
    return earliest;
  };

  return {
    now: () => now + ahead,
    steady: () => now,
    boot: machine?.boot ?? null,
    after(ms, wake) {
      const timer = { dueAt: now + Math.max(0, ms), wake };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    advance(ms) {
      if (!(ms >= 0)) throw new RangeError(`time cannot move by ${ms} ms`);
      const end = now + ms;
      for (let timer = earliestUntil(end); timer !== undefined; timer = earliestUntil(end)) {
        timers.delete(timer);
        now = timer.dueAt;
        timer.wake();
      }
      now = end;
    },
    set(byMs) {
      ahead += byMs;
    },
    suspend(ms) {
      ahead += ms;
    },
    get waiting() {
      return timers.size;
    },
  };
}
