import type { PageEvent } from "../../preload/contract.ts";
import { bridge } from "./bridge.ts";

type Listener = (events: readonly PageEvent[]) => void;

const listeners = new Set<Listener>();
let stop: (() => void) | null = null;

/** Events in order, several at a time. The result stops listening. */
export function listen(listener: Listener): () => void {
  listeners.add(listener);
  stop ??= bridge().onEvents((events) => {
    for (const each of listeners) each(events);
  });
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      stop?.();
      stop = null;
    }
  };
}
