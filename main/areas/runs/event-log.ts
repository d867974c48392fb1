import { charactersIn } from "../../kernel/characters.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { GroupCommit } from "../../kernel/group-commit.ts";
import { inTurns, ownTurn, type Steps } from "../../kernel/slices.ts";
import type { RunEvent, RunEventBody } from "./contract.ts";
import { toldOf, type EventStore } from "./store/event-store.ts";
import { createEventPacker, type PackedEvents } from "./stored-events.ts";

/**
 * Events that were committed together. All followers of a run get the same object, so what one of them works out
 * about it (its encoding, say) can be shared by attaching it through a WeakMap.
 */
export interface EventBatch {
  readonly events: readonly RunEvent[];
  readonly firstSeq: number;
  readonly lastSeq: number;
}

export interface Follower {
  /** Gets every event once, in order. False means: hold back until `resume`. */
  push(batch: EventBatch): boolean;
  /** Everything has been pushed and the run has ended. */
  end(): void;
}

export interface Following {
  resume(): void;
  stop(): void;
}

/** The log of a run that goes on. */
export interface OpenLog {
  readonly lastSeq: number;
  append(body: RunEventBody): void;
  /** Null when all that was appended is committed at once; else resolves when it will be. */
  caughtUp(): Promise<void> | null;
  /** No event comes after this; followers end once they have all of them. */
  close(): void;
}

export interface EventLog {
  /** `keyOf` is asked at each commit: the key of the run's row, 0 as long as there is none. */
  open(runId: string, keyOf: () => number): OpenLog;
  /** Follows a run from after a sequence number: what is kept first, then what comes. `key` is null while it has none. */
  follow(runId: string, key: number | null, after: number, follower: Follower): Following;
  /** The next committed events after `after`, some thousand at most; empty when there are none. */
  read(runId: string, key: number | null, after: number): Steps<readonly RunEvent[]>;
}

interface LiveRun {
  readonly keyOf: () => number;
  seq: number;
  /** Nothing may be appended any more. */
  closed: boolean;
  /** Nothing will be delivered any more. */
  ended: boolean;
  unwritten: RunEvent[];
  unwrittenSize: number;
  /** Committed batches from the first event on; null once they take too much room. */
  kept: EventBatch[] | null;
  keptSize: number;
  readonly wake: Set<(batch: EventBatch | null) => void>;
}

/** So much of the newest runs stays in memory for those who come a little late; the rest is read from disk. */
const KEPT_CHARACTERS = 512 * 1024;

/** Written in one turn of the event loop, in characters; what is more waits for the next ones. */
const WRITTEN_CHARACTERS = 256 * 1024;

/** An event with more is made JSON in turns before it is written. */
const LONG_CHARACTERS = 512 * 1024;

/** Told one follower in one turn of the event loop of what was there already. */
const TOLD_CHARACTERS = 256 * 1024;

/** A model that never pauses may not pile up more than this before it is written. */
const UNWRITTEN_EVENTS = 4096;

export function createEventLog(deps: {
  readonly store: EventStore;
  readonly commit: GroupCommit;
  readonly clock: Clock;
  readonly report: (error: unknown) => void;
}): EventLog {
  const { store, commit, clock, report } = deps;
  /** In the order in which they were opened; ended ones stay until their room is needed. */
  const runs = new Map<string, LiveRun>();
  let keptSize = 0;

  const drop = (runId: string, run: LiveRun) => {
    keptSize -= run.keptSize;
    run.keptSize = 0;
    run.kept = null;
    if (run.closed && run.wake.size === 0) runs.delete(runId);
  };

  const makeRoom = () => {
    for (const [runId, run] of runs) {
      if (keptSize <= KEPT_CHARACTERS) return;
      drop(runId, run);
    }
  };

  const deliver = (run: LiveRun, events: readonly RunEvent[], size: number) => {
    const batch = makeBatch(events);
    if (run.kept !== null) {
      run.kept.push(batch);
      run.keptSize += size;
      keptSize += size;
    }
    for (const wake of run.wake) wake(batch);
    if (keptSize > KEPT_CHARACTERS) makeRoom();
  };

  return {
    open(runId, keyOf) {
      const run: LiveRun = {
        keyOf,
        seq: 0,
        closed: false,
        ended: false,
        unwritten: [],
        unwrittenSize: 0,
        kept: [],
        keptSize: 0,
        wake: new Set(),
      };
      runs.set(runId, run);
      let taken: RunEvent[] = [];
      let packed: PackedEvents | null = null;
      let size = 0;
      let isQueued = false;
      let tellCaughtUp: (() => void)[] = [];
      const pack = createEventPacker();
      const write = () => {
        // A transaction that failed is tried again: what was taken for it is still to be written.
        if (taken.length === 0) taken = takeSome(run);
        if (taken.length === 0) return;
        const key = keyOf();
        if (key === 0) throw new Error(`run ${runId} is not on record, so its events can't be`);
        packed ??= pack(taken);
        // As large as it is in memory.
        size = store.appendEvents(key, packed) + packed.leftOut;
      };
      const written = () => {
        // What is long is told in another turn than it was written in.
        if (size > LONG_CHARACTERS) void ownTurn().then(told);
        else told();
      };
      const told = () => {
        const [events, characters] = [taken, size];
        taken = [];
        packed = null;
        size = 0;
        isQueued = false;
        if (events.length > 0) deliver(run, events, characters);
        if (run.unwritten.length > 0) queue();
        if (isQueued) return;
        for (const tell of tellCaughtUp) tell();
        tellCaughtUp = [];
      };
      const failed = (error: unknown) => {
        report(error);
        written();
      };
      const queue = () => {
        if (isQueued) return;
        isQueued = true;
        const preparing = prepareLong();
        if (preparing === null) commit.queue(write, written, failed);
        else preparing.then(() => commit.queue(write, written, failed), failed);
      };
      /** What is long is made JSON before its transaction, giving way. Null when nothing is next that is long. */
      const prepareLong = (): Promise<void> | null => {
        const [first] = run.unwritten;
        if (run.unwrittenSize <= LONG_CHARACTERS || charactersIn(first) <= LONG_CHARACTERS) return null;
        taken = takeSome(run);
        packed = pack(taken);
        return charactersIn(packed.events) > LONG_CHARACTERS ? store.prepareEvents(packed) : null;
      };
      return {
        get lastSeq() {
          return run.seq;
        },
        append(body) {
          // A tool that outlives its cancelled run has nobody left to tell.
          if (run.closed) return;
          run.seq += 1;
          const event = { seq: run.seq, at: clock.now(), ...body };
          run.unwritten.push(event);
          run.unwrittenSize += charactersIn(body);
          queue();
          if (run.unwritten.length === UNWRITTEN_EVENTS) commit.flush();
        },
        caughtUp() {
          if (taken.length === 0 && run.unwrittenSize <= WRITTEN_CHARACTERS) return null;
          return new Promise((resolve) => tellCaughtUp.push(resolve));
        },
        close() {
          run.closed = true;
          const wakeAll = () => {
            run.ended = true;
            for (const wake of run.wake) wake(null);
            if (run.kept === null && run.wake.size === 0) runs.delete(runId);
          };
          commit.queue(() => {}, wakeAll, wakeAll);
        },
      };
    },

    follow(runId, key, after, follower) {
      const run = runs.get(runId);
      let cursor = after;
      let nextKept = 0;
      let held = false;
      let stopped = false;
      /** Much was read from disk: the others come first. */
      let isResting = false;

      const next = (): EventBatch | null | Promise<EventBatch | null> => {
        if (run?.kept) {
          while ((run.kept[nextKept]?.lastSeq ?? Infinity) <= cursor) nextKept += 1;
          const kept = run.kept[nextKept];
          return kept === undefined ? null : tail(kept, cursor);
        }
        const read = inTurns(store.readEvents(key ?? run?.keyOf() ?? 0, cursor));
        return read instanceof Promise ? read.then(batchOf) : batchOf(read);
      };
      const restUntil = (over: Promise<void>) => {
        isResting = true;
        over
          .finally(() => {
            isResting = false;
          })
          .then(pump)
          .catch(report);
      };
      const push = (batch: EventBatch) => {
        cursor = batch.lastSeq;
        held = !follower.push(batch);
      };
      const pushRead = (batch: EventBatch | null) => {
        if (batch !== null && !stopped) push(batch);
      };
      const stop = () => {
        stopped = true;
        if (run === undefined) return;
        run.wake.delete(wake);
        if (run.closed && run.kept === null && run.wake.size === 0) runs.delete(runId);
      };
      const pump = () => {
        let told = 0;
        while (!held && !stopped && !isResting) {
          const batch = next();
          if (batch === null) break;
          if (batch instanceof Promise) restUntil(batch.then(pushRead));
          else {
            push(batch);
            for (const event of batch.events) told += toldOf(event);
            if (told > TOLD_CHARACTERS) restUntil(ownTurn());
          }
        }
        if (held || stopped || isResting) return;
        if (run === undefined || run.ended) {
          stop();
          follower.end();
        }
      };
      const wake = (batch: EventBatch | null) => {
        if (held || stopped || isResting) return;
        if (batch?.firstSeq === cursor + 1) push(batch);
        else pump();
      };

      run?.wake.add(wake);
      pump();
      return {
        resume() {
          if (!held) return;
          held = false;
          pump();
        },
        stop,
      };
    },

    *read(runId, key, after) {
      const run = runs.get(runId);
      if (run?.kept)
        return run.kept.flatMap((batch) => (batch.lastSeq > after ? tail(batch, after).events : []));
      return yield* store.readEvents(key ?? run?.keyOf() ?? 0, after);
    },
  };
}

/** The next events that are to be written, at least one. */
function takeSome(run: LiveRun): RunEvent[] {
  const all = run.unwritten;
  if (run.unwrittenSize <= WRITTEN_CHARACTERS) {
    run.unwritten = [];
    run.unwrittenSize = 0;
    return all;
  }
  let size = 0;
  const end = all.findIndex((event) => {
    const more = charactersIn(event);
    if (size > 0 && size + more > WRITTEN_CHARACTERS) return true;
    size += more;
    return false;
  });
  run.unwritten = end < 0 ? [] : all.slice(end);
  run.unwrittenSize = end < 0 ? 0 : run.unwrittenSize - size;
  return end < 0 ? all : all.slice(0, end);
}

const batchOf = (events: readonly RunEvent[]): EventBatch | null =>
  events.length === 0 ? null : makeBatch(events);

function makeBatch(events: readonly RunEvent[]): EventBatch {
  return { events, firstSeq: events[0]?.seq ?? 0, lastSeq: events.at(-1)?.seq ?? 0 };
}

function tail(batch: EventBatch, after: number): EventBatch {
  return batch.firstSeq > after ? batch : makeBatch(batch.events.filter((event) => event.seq > after));
}
