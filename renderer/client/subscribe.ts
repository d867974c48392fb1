import type { Area, Reducers } from "../../main/contract/define.ts";
import type { PageEvent } from "../../preload/contract.ts";
import { bridge } from "./bridge.ts";

type Reduce = (state: never, payload: never) => never;
type Listener = (events: readonly PageEvent[]) => void;

const listeners = new Set<Listener>();
let stop: (() => void) | null = null;

/** All that this page is told, in order: events, and frames of what it follows. */
export function listen(listener: Listener): () => void {
  listeners.add(listener);
  stop ??= bridge().onEvents((events) => {
    for (const each of listeners) each(events);
  });
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stop?.();
    stop = null;
  };
}

/**
 * Follows the events of one area, in order, with a reducer for each or the word "ignore". What an event does is
 * handed to `change`: often a setter, or something that waits for a better moment. `seq` is the event's number, 0 for
 * what only this page was sent. The result stops it.
 *
 * The main process publishes what the contract says, so the payloads have its types.
 */
export function subscribe<A extends Area, State>(
  area: A["name"],
  reducers: Reducers<A, State>,
  change: (step: (state: State) => State, seq: number) => void,
): () => void {
  const byName: Readonly<Record<string, "ignore" | Reduce | undefined>> = reducers as never;
  return listen((events) => {
    for (const { type, seq, payload } of events) {
      const dot = type.indexOf(".");
      if (type.slice(0, dot) !== area) continue;
      const reduce = byName[type.slice(dot + 1)];
      if (typeof reduce === "function") change((state) => reduce(state as never, payload as never), seq);
    }
  });
}
