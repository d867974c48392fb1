import type { Presence } from "../contract/define.ts";
import type { Clock } from "./clock.ts";
import { deadlineIn, isOver, whenOver, type Deadline } from "./deadline.ts";

/**
 * Whether somebody who asked from elsewhere still wants to know. Whoever has not listened for longer than its patience
 * is gone: one rule for a dead process, a lost connection and a question that was forgotten.
 */
export interface Attendance {
  /** Whoever asked has been heard of: the count begins anew. */
  heard(): void;
  /** Resolves when it is over, after so long, or when who listens has gone: nobody is heard any more from then on. */
  listen(ms: number, presence?: Presence): Promise<void>;
  /** Calls `left` where by now it should have been, also when no timer has told yet. */
  lookAgain(): void;
  /** Who listens is told, and nobody is waited for any more. */
  end(): void;
}

/** It counts from the first `heard` on. `left` is called once. */
export function createAttendance(deps: {
  readonly clock: Clock;
  readonly patienceMs: number;
  readonly left: () => void;
}): Attendance {
  const { clock, patienceMs, left } = deps;
  const listeners = new Set<() => void>();
  let isEnded = false;
  /** When nobody has listened for too long; null while somebody does. */
  let leavesAt: Deadline | null = null;
  let stopTimer = () => {};

  const leave = () => {
    stopTimer();
    leavesAt = null;
    left();
  };
  const heard = () => {
    stopTimer();
    leavesAt = null;
    if (isEnded || listeners.size > 0) return;
    leavesAt = deadlineIn(clock, patienceMs);
    stopTimer = whenOver(clock, leavesAt, leave);
  };

  return {
    heard,
    listen: (ms, presence) =>
      new Promise((tell) => {
        if (isEnded) return tell();
        const done = () => {
          if (!listeners.delete(done)) return;
          cancel();
          heard();
          tell();
        };
        const cancel = clock.after(ms, done);
        listeners.add(done);
        presence?.onLeft(done);
        heard();
      }),
    lookAgain() {
      if (leavesAt !== null && isOver(clock, leavesAt)) leave();
    },
    end() {
      isEnded = true;
      stopTimer();
      leavesAt = null;
      for (const tell of listeners) tell();
    },
  };
}
