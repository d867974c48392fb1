import type { Clock } from "../../../kernel/clock.ts";
import { canceled } from "./failure.ts";

/** How long work may take to come to an end of its own once it was told to stop. */
export interface Patience {
  readonly clock: Clock;
  readonly ms: number;
}

/**
 * Waits for `work`, even if it does not listen to the signal: once that aborts, no longer than `patience`.
 *
 * Contract: what `work` throws after the abort comes out as canceled.
 */
export function abortable<T>(work: Promise<T>, signal: AbortSignal, patience?: Patience): Promise<T> {
  return new Promise((resolve, reject) => {
    let cancelTimer = () => {};
    const giveUp = () => reject(canceled());
    const onAbort = () => {
      if (patience === undefined) giveUp();
      else cancelTimer = patience.clock.after(patience.ms, giveUp);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
    void work
      .then(resolve, (error: unknown) => reject(signal.aborted ? canceled() : error))
      .finally(() => {
        signal.removeEventListener("abort", onAbort);
        cancelTimer();
      });
  });
}
