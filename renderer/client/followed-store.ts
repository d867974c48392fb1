import { create, type StoreApi, type UseBoundStore } from "zustand";
import type { Area, Reducers } from "../../main/contract/define.ts";
import type { Snapshot } from "./client.ts";
import { asCallError, CallError } from "./errors.ts";
import { subscribe } from "./subscribe.ts";

export interface Followed<Data> {
  readonly data: Data;
  /** `loading` only until the first snapshot; afterwards data stays on screen while it is read again. */
  readonly status: "loading" | "ready" | "failed";
  readonly error: CallError | null;
}

export interface FollowedStore<Data> extends UseBoundStore<StoreApi<Followed<Data>>> {
  /** Reads the snapshot and follows events from there; later calls do nothing. */
  readonly follow: () => void;
  readonly reload: () => Promise<void>;
  /**
   * Reads something that is added to the data, and fails as that does. Dropped if the data is read anew meanwhile.
   * Reducers must not mind that an event is contained already.
   */
  readonly extend: (read: () => Promise<(data: Data) => Data>) => Promise<void>;
  /** For what a call's own answer already says, ahead of the event. */
  readonly update: (change: (data: Data) => Data) => void;
  /** Stops following and forgets. */
  readonly stop: () => void;
}

interface Step<Data> {
  readonly change: (data: Data) => Data;
  readonly seq: number;
}

/**
 * State of the server in a page: a snapshot with its place in the stream, then every later event.
 * Events that arrive while something is read wait for it.
 */
export function followedStore<A extends Area, Data>(options: {
  readonly area: A["name"];
  readonly empty: Data;
  readonly load: (before: Data) => Promise<Snapshot<Data>>;
  readonly reducers: Reducers<A, Data>;
}): FollowedStore<Data> {
  const { area, empty, load, reducers } = options;
  const store = create<Followed<Data>>(() => ({ data: empty, status: "loading", error: null }));
  /** Up to here the data contains what was published. */
  let seq = 0;
  const waiting: Step<Data>[] = [];
  /** What is being read now; what a newer reload has overtaken is no longer in here. */
  const readings = new Set<symbol>();
  let unsubscribe: (() => void) | null = null;

  const update = (change: (data: Data) => Data) => {
    const { data } = store.getState();
    const next = change(data);
    if (next !== data) store.setState({ data: next });
  };

  const applyWaiting = () => {
    if (readings.size > 0) return;
    const news = waiting.splice(0).filter((step) => step.seq === 0 || step.seq > seq);
    update((data) => news.reduce((state, { change }) => change(state), data));
    seq = Math.max(seq, ...news.map((step) => step.seq));
  };

  const end = (reading: symbol) => {
    if (readings.delete(reading)) applyWaiting();
  };

  const reload = async () => {
    const reading = Symbol("reload");
    readings.clear();
    readings.add(reading);
    const result = await load(store.getState().data).catch(asCallError);
    if (!readings.has(reading)) return;
    if (result instanceof CallError) {
      store.setState({ status: "failed", error: result });
    } else {
      seq = result.seq;
      store.setState({ data: result.value, status: "ready", error: null });
    }
    end(reading);
  };

  const extend = async (read: () => Promise<(data: Data) => Data>) => {
    const reading = Symbol("extend");
    readings.add(reading);
    try {
      const add = await read();
      // The added part may contain some of what waits already. Told once more, it ends as the newest event says.
      if (readings.has(reading)) update(add);
    } finally {
      end(reading);
    }
  };

  const follow = () => {
    if (unsubscribe !== null) return;
    unsubscribe = subscribe<A, Data>(area, reducers, (change, at) => {
      waiting.push({ change, seq: at });
      applyWaiting();
    });
    void reload();
  };

  const stop = () => {
    unsubscribe?.();
    unsubscribe = null;
    waiting.length = 0;
    readings.clear();
    seq = 0;
    store.setState({ data: empty, status: "loading", error: null });
  };

  return Object.assign(store, { follow, reload, extend, update, stop });
}
