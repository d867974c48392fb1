import type { Clock } from "./clock.ts";
import { isOver, whenOver, type Deadline } from "./deadline.ts";

/** How long somebody waits: until the time is up, or until nobody is there any more to hear the answer. */
export interface Patience {
  /** Null waits as long as it takes. */
  readonly deadline: Deadline | null;
  readonly signal: AbortSignal;
  /** Has the signal abort where by now it should have. */
  readonly lookAgain?: (() => void) | undefined;
}

/**
 * What waits for an answer, held once, in the order in which it came.
 *
 * Contract: whoever takes an item out is the only one who can answer it, and has to. An item whose time is up or whose
 * signal aborts is handed to the callbacks while it still waits; they take it out like anybody else. They get it before
 * anybody finds it, also where no timer has told yet: a process that was held up, or a machine that slept, finds
 * nothing whose time is up.
 */
export interface Waiters<Id, Item, Answer> {
  /** Resolves with the answer of whoever takes it out; never rejects. */
  wait(id: Id, item: Item, patience: Patience): Promise<Answer>;
  find(id: Id): Item | undefined;
  /** Oldest first, as they are now. */
  all(): Item[];
  count(): number;
  /** It waits no longer, and its timer and signal are let go of. Null when somebody else was first. */
  take(id: Id): ((answer: Answer) => void) | null;
}

export function createWaiters<Id, Item, Answer>(deps: {
  readonly clock: Clock;
  readonly timedOut: (item: Item) => void;
  readonly aborted: (item: Item, reason: unknown) => void;
}): Waiters<Id, Item, Answer> {
  const waiting = new Map<
    Id,
    {
      readonly item: Item;
      readonly endWhatIsOver: () => void;
      readonly leave: () => (answer: Answer) => void;
    }
  >();

  return {
    wait(id, item, { deadline, signal, lookAgain }) {
      if (waiting.has(id)) throw new Error(`${String(id)} waits already`);
      return new Promise<Answer>((answer) => {
        const onAbort = () => deps.aborted(item, signal.reason);
        let isTimedOut = false;
        const timeOut = () => {
          if (isTimedOut) return;
          isTimedOut = true;
          stopTimer();
          deps.timedOut(item);
        };
        const stopTimer = deadline === null ? () => {} : whenOver(deps.clock, deadline, timeOut);
        const leave = () => {
          waiting.delete(id);
          stopTimer();
          signal.removeEventListener("abort", onAbort);
          return answer;
        };
        const endWhatIsOver = () => {
          if (deadline !== null && isOver(deps.clock, deadline)) timeOut();
          else lookAgain?.();
        };
        waiting.set(id, { item, endWhatIsOver, leave });
        signal.addEventListener("abort", onAbort, { once: true });
        if (signal.aborted) onAbort();
      });
    },
    find(id) {
      waiting.get(id)?.endWhatIsOver();
      return waiting.get(id)?.item;
    },
    all() {
      for (const { endWhatIsOver } of waiting.values()) endWhatIsOver();
      return [...waiting.values()].map(({ item }) => item);
    },
    count: () => waiting.size,
    take: (id) => waiting.get(id)?.leave() ?? null,
  };
}
