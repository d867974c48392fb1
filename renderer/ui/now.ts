import { useSyncExternalStore } from "react";

/** One timer for everything on screen that shows a time. */
function ticking(everyMs: number) {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | null = null;
  let now = Date.now();
  const tick = () => {
    now = Date.now();
    for (const listener of listeners) listener();
  };
  return {
    subscribe(listener: () => void) {
      listeners.add(listener);
      if (timer === null) {
        now = Date.now();
        timer = setInterval(tick, everyMs);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0 || timer === null) return;
        clearInterval(timer);
        timer = null;
      };
    },
    // Between ticks the value must stay the same object for React; without listeners it may be fresh.
    read: () => (timer === null ? (now = Math.max(now, Date.now() - (Date.now() % everyMs))) : now),
  };
}

const slow = ticking(15_000);
const fast = ticking(1000);

/** The time, fresh every 15 seconds: enough for "4 min ago". */
export const useNow = () => useSyncExternalStore(slow.subscribe, slow.read);
/** The time, fresh every second: for count-downs. */
export const useSecond = () => useSyncExternalStore(fast.subscribe, fast.read);
