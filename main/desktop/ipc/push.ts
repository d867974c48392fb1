import type { PageEvent } from "../../../preload/contract.ts";

/** One frame's worth of events goes out in one message. */
const TICK_MS = 8;

export interface Push {
  add(event: PageEvent): void;
  stop(): void;
}

/** Gathers events for one page. The first after a pause leaves with the next turn of the event loop. */
export function createPush(send: (events: readonly PageEvent[]) => void): Push {
  let waiting: PageEvent[] = [];
  let timer: NodeJS.Timeout | null = null;
  let lastSentAt = -Infinity;

  const flush = () => {
    timer = null;
    lastSentAt = performance.now();
    const events = waiting;
    waiting = [];
    send(events);
  };

  return {
    add(event) {
      waiting.push(event);
      timer ??= setTimeout(flush, Math.max(0, TICK_MS - (performance.now() - lastSentAt)));
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      waiting = [];
    },
  };
}
