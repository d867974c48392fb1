import { fail } from "../../contract/fail.ts";
import type { SessionId } from "../../contract/ids.ts";
import type { Publish } from "../../kernel/bus.ts";
import type { Clock } from "../../kernel/clock.ts";
import {
  deadlineIn,
  isOver,
  recordedDeadline,
  stampNow,
  whenOver,
  type Deadline,
} from "../../kernel/deadline.ts";
import type { GroupCommit } from "../../kernel/group-commit.ts";
import { randomHex } from "../../kernel/random-id.ts";
import { sessions, type Deletion, type DeletionId, type Session } from "./contract.ts";
import type { KeptDeletion } from "./store/deletion-store.ts";
import type { SessionStore } from "./store/session-store.ts";

/** What other areas keep of a session, and remove with it. */
export interface SessionBelongings {
  /** Sessions in which something goes on or waits: they can't be deleted. */
  inUse(): ReadonlySet<string>;
  /** The newest of what belongs to it so far; 0 for none. */
  newestOf(id: SessionId): number;
  /** Part of a transaction: removes a little of what belongs to it up to `newest`, the oldest first. False: none is left. */
  removeSome(id: SessionId, newest: number): boolean;
  /** Nothing is left of it. */
  removed(id: SessionId, deletedAt: number): void;
}

export interface Deletions {
  attach(belongings: SessionBelongings): void;
  /** Contract: the result throws what stands against deleting a session by now. */
  checker(): (id: SessionId) => Session;
  /** All of them are hidden in one transaction. What stands against it has been asked before. */
  remove(found: readonly Session[]): Deletion[];
  /** Contract: throws what stands against it. */
  checkTakingBack(id: DeletionId): KeptDeletion;
  takeBack(kept: readonly KeptDeletion[]): void;
  /** Something hidden that was no session yet: it is removed like a deleted one unless it is taken back. */
  hold(kept: KeptDeletion, deadline: Deadline): void;
  /** Nobody takes it back any more. */
  endNow(kept: KeptDeletion): void;
  stop(): void;
}

/** How long a deletion can be taken back. */
export const UNDO_MS = 15_000;
const SLICE_MS = 3;
const PAUSE_MS = 10;
/** When the disk takes nothing, or something else went wrong. */
const RETRY_MS = 60_000;

/**
 * What is deleted is gone from everywhere at once, comes back if that is taken back in time, and is removed in slices
 * after that. All of it is on record, so a process that dies in between is followed by one that goes on.
 */
export function createDeletions(deps: {
  readonly store: Pick<SessionStore, "deletions" | "get">;
  readonly commit: GroupCommit;
  readonly clock: Clock;
  readonly publish: Publish<typeof sessions>;
  readonly report: (error: unknown) => void;
  /** What is remembered of a session does not hold any more. */
  readonly forget: (id: SessionId) => void;
  readonly stopwatch?: () => number;
}): Deletions {
  const { store, commit, clock, publish, report, stopwatch = () => performance.now() } = deps;
  const pending = new Map<KeptDeletion["id"], { readonly kept: KeptDeletion; readonly deadline: Deadline }>();
  const timers = new Map<KeptDeletion["id"], () => void>();
  const due: KeptDeletion[] = [];
  let belongings: SessionBelongings = {
    inUse: () => new Set(),
    newestOf: () => 0,
    removeSome: () => false,
    removed: () => {},
  };
  let stopWork: (() => void) | null = null;

  /** A few milliseconds' worth. Returns whether it is all gone. */
  const removeSlice = ({ key, sessionId, runsTo }: KeptDeletion): boolean => {
    const began = stopwatch();
    do {
      if (!belongings.removeSome(sessionId, runsTo) && !store.deletions.removeSome(key)) return true;
    } while (stopwatch() - began < SLICE_MS);
    return false;
  };

  const work = () => {
    stopWork = null;
    const [next] = due;
    if (next === undefined) return;
    try {
      if (commit.erasing(() => removeSlice(next))) {
        due.shift();
        belongings.removed(next.sessionId, next.setAt);
      }
    } catch (error) {
      report(error);
      return workAfter(RETRY_MS);
    }
    workAfter(PAUSE_MS);
  };
  const workAfter = (ms: number) => {
    if (due.length > 0) stopWork ??= clock.after(ms, work);
  };

  const end = (kept: KeptDeletion) => {
    pending.delete(kept.id);
    timers.delete(kept.id);
    due.push(kept);
    workAfter(PAUSE_MS);
  };

  const keep = (kept: KeptDeletion, deadline: Deadline) => {
    pending.set(kept.id, { kept, deadline });
    timers.set(
      kept.id,
      whenOver(clock, deadline, () => end(kept)),
    );
  };
  for (const kept of store.deletions.pending()) {
    const { setAt, undoUntil: endsAt, stamp } = kept;
    keep(kept, recordedDeadline(clock, { setAt, endsAt, stamp, knownAt: setAt }));
  }

  return {
    attach: (given) => (belongings = given),
    checker() {
      const inUse = belongings.inUse();
      return (id) => {
        const session = store.get(id);
        if (session === null) throw fail(sessions, "not_found", "There is no session of this name.");
        if (!inUse.has(id)) return session;
        throw fail(
          sessions,
          "in_use",
          "A run goes on in this session. Cancel it first, or wait for its end.",
        );
      };
    },
    remove(found) {
      const now = clock.now();
      const stamp = stampNow(clock);
      const wanted = found.map(({ id: sessionId, title }) => ({
        id: `del_${randomHex()}` as DeletionId,
        sessionId,
        title,
        undoUntil: now + UNDO_MS,
        setAt: now,
        stamp,
        runsTo: belongings.newestOf(sessionId),
      }));
      const kept = commit.durably(() =>
        wanted.map((deletion) => ({ ...deletion, key: store.deletions.begin(deletion) })),
      );
      for (const deletion of kept) {
        deps.forget(deletion.sessionId);
        keep(deletion, deadlineIn(clock, UNDO_MS));
        publish("sessions.removed", { id: deletion.sessionId });
      }
      return kept;
    },
    checkTakingBack(id) {
      const found = pending.get(id);
      if (found === undefined || isOver(clock, found.deadline)) {
        throw fail(sessions, "too_late", "This can't be taken back any more.");
      }
      if (store.get(found.kept.sessionId) !== null) {
        throw fail(sessions, "name_taken", "There is another session of this name by now.");
      }
      return found.kept;
    },
    takeBack(kept) {
      commit.durably(() => kept.forEach((deletion) => store.deletions.takeBack(deletion)));
      for (const { id } of kept) {
        timers.get(id)?.();
        timers.delete(id);
        pending.delete(id);
      }
    },
    hold: keep,
    endNow(kept) {
      timers.get(kept.id)?.();
      end(kept);
    },
    stop() {
      for (const stopTimer of timers.values()) stopTimer();
      stopWork?.();
    },
  };
}
