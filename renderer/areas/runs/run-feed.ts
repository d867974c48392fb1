import { create, type StoreApi, type UseBoundStore } from "zustand";
import type { Run, RunEvent, runs } from "../../../main/areas/runs/contract.ts";
import { asCallError, type CallError } from "../../client/errors.ts";
import { subscribe } from "../../client/subscribe.ts";
import { emptyTimeline, type Timeline } from "./timeline/block.ts";
import { fold } from "./timeline/fold.ts";
import { calls, follows } from "./calls.ts";

export interface RunFeedState {
  readonly run: Run | null;
  readonly timeline: Timeline;
  readonly status: "loading" | "ready" | "failed";
  readonly error: CallError | null;
}

export interface RunFeed extends UseBoundStore<StoreApi<RunFeedState>> {
  /** Reads what happened and follows what happens. The result stops it. */
  readonly follow: () => () => void;
}

const pageSize = 1000;
const nothing: RunFeedState = { run: null, timeline: emptyTimeline, status: "loading", error: null };

/** Once per frame is enough for eyes; a hidden page gets no frames but must not pile events up. */
const hiddenDelayMs = 250;

/** One run, from its first event on. */
export function runFeed(id: Run["id"]): RunFeed {
  const store = create<RunFeedState>(() => nothing);
  let stopCurrent: (() => void) | null = null;

  const follow = () => {
    stopCurrent?.();
    store.setState(nothing);
    let isStopped = false;
    let isCatchingUp = false;
    let unwatch: (() => void) | null = null;
    let arrived: RunEvent[] = [];
    let cancelFlush: (() => void) | null = null;

    const add = (events: readonly RunEvent[]) => {
      const { timeline } = store.getState();
      const next = fold(timeline, events);
      if (next !== timeline) store.setState({ timeline: next });
    };

    const flush = () => {
      cancelFlush = null;
      const events = arrived;
      arrived = [];
      add(events);
      const last = events.at(-1);
      if (last !== undefined && last.seq > store.getState().timeline.lastSeq) void catchUp();
    };

    /** Reads from the log until it is at the end, then follows from there. Also closes gaps. */
    const catchUp = async () => {
      if (isCatchingUp) return;
      isCatchingUp = true;
      try {
        for (;;) {
          const after = store.getState().timeline.lastSeq;
          const { events, lastSeq } = await calls.listEvents({ id, after, limit: pageSize });
          if (isStopped) return;
          add(events);
          if (events.length === 0 || store.getState().timeline.lastSeq >= lastSeq) break;
        }
        store.setState({ status: "ready", error: null });
      } catch (caught) {
        if (!isStopped) store.setState({ status: "failed", error: asCallError(caught) });
      } finally {
        isCatchingUp = false;
      }
      if (isStopped) return;
      unwatch?.();
      const { timeline, status } = store.getState();
      unwatch =
        status === "failed" || timeline.isEnded
          ? null
          : follows.follow({ id, after: timeline.lastSeq }, arrive);
    };

    const schedule = () => {
      if (cancelFlush !== null) return;
      if (document.hidden) {
        const timer = setTimeout(flush, hiddenDelayMs);
        cancelFlush = () => clearTimeout(timer);
      } else {
        const frame = requestAnimationFrame(flush);
        cancelFlush = () => cancelAnimationFrame(frame);
      }
    };
    const arrive = ({ events }: { readonly events: readonly RunEvent[] }) => {
      arrived.push(...events);
      schedule();
    };
    const onVisibility = () => {
      if (cancelFlush === null) return;
      cancelFlush();
      cancelFlush = null;
      schedule();
    };

    const unsubscribe = subscribe<typeof runs, RunFeedState>(
      "runs",
      {
        started: "ignore",
        changed: (state, run) => (run.id === id ? { ...state, run } : state),
        removed: "ignore",
      },
      (step) => store.setState(step),
    );
    document.addEventListener("visibilitychange", onVisibility);
    calls.getRun({ id }).then(
      (run) => {
        // An event that came first is newer.
        if (!isStopped && store.getState().run === null) store.setState({ run });
      },
      (caught: unknown) => {
        if (!isStopped) store.setState({ status: "failed", error: asCallError(caught) });
      },
    );
    void catchUp();

    const stop = () => {
      isStopped = true;
      unsubscribe();
      unwatch?.();
      cancelFlush?.();
      document.removeEventListener("visibilitychange", onVisibility);
    };
    stopCurrent = stop;
    return stop;
  };

  return Object.assign(store, { follow });
}
