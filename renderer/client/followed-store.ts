import { create, type StoreApi, type UseBoundStore } from "zustand";
import type { Area, Reducers } from "../../main/contract/define.ts";
import type { PageEvent } from "../../preload/contract.ts";
import type { Snapshot } from "./api.ts";
import { asCallError, CallError } from "./errors.ts";
import { listen } from "./events.ts";
import { applyEvents, type AnyReducers } from "./reduce.ts";

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
  /** For what a call's own answer already says, ahead of the event. */
  readonly update: (change: (data: Data) => Data) => void;
  /** Stops following and forgets. For tests. */
  readonly stop: () => void;
}

/**
 * State of the server in a page: a snapshot with its place in the stream, then every later event.
 * Events that arrive while the snapshot is on its way wait for it.
 */
export function followedStore<A extends Area, Data>(options: {
  readonly area: A["name"];
  readonly empty: Data;
  readonly load: (before: Data) => Promise<Snapshot<Data>>;
  readonly reducers: Reducers<A, Data>;
}): FollowedStore<Data> {
  const { area, empty, load } = options;
  const reducers = options.reducers as AnyReducers<Data>;
  const store = create<Followed<Data>>(() => ({ data: empty, status: "loading", error: null }));
  let seq = 0;
  let waiting: PageEvent[] | null = null;
  let newest = 0;
  let unlisten: (() => void) | null = null;

  const apply = (events: readonly PageEvent[]) => {
    const next = applyEvents(area, reducers, { state: store.getState().data, seq }, events);
    seq = next.seq;
    if (next.state !== store.getState().data) store.setState({ data: next.state });
  };

  const reload = async () => {
    const mine = ++newest;
    waiting ??= [];
    const result = await load(store.getState().data).catch(asCallError);
    if (mine !== newest) return;
    if (result instanceof CallError) {
      store.setState({ status: "failed", error: result });
    } else {
      seq = result.seq;
      store.setState({ data: result.value, status: "ready", error: null });
    }
    const late = waiting;
    waiting = null;
    apply(late);
  };

  const follow = () => {
    if (unlisten !== null) return;
    unlisten = listen((events) => {
      if (waiting !== null) waiting.push(...events);
      else apply(events);
    });
    void reload();
  };

  const stop = () => {
    unlisten?.();
    unlisten = null;
    waiting = null;
    newest += 1;
    seq = 0;
    store.setState({ data: empty, status: "loading", error: null });
  };

  const update = (change: (data: Data) => Data) => store.setState(({ data }) => ({ data: change(data) }));
  return Object.assign(store, { follow, reload, update, stop });
}
