import type { PermissionId } from "../../contract/ids.ts";
import type { Publish } from "../../kernel/bus.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { GroupCommit } from "../../kernel/group-commit.ts";
import type { StorageHealth } from "../../kernel/storage-health.ts";
import { createWaiters, type Waiters } from "../../kernel/waiters.ts";
import type {
  DecisionRecord,
  Decider,
  PermissionRequest,
  permissions,
  PermissionSummary,
} from "./contract.ts";
import type { GateOutcome, GateRequest } from "./gate.ts";
import type { GrantChange } from "./grant-book.ts";
import type { Asked } from "./grants.ts";
import {
  LEFT_BEHIND,
  NOT_RECORDED,
  recordOf,
  settledSummary,
  silentRecord,
  TIMED_OUT,
  unrecordedOutcome,
  withdrawn,
  type Settlement,
} from "./outcome.ts";
import type { PermissionStore } from "./store.ts";

/** A request that somebody was asked and has not been answered. */
export interface Waiting {
  readonly summary: PermissionSummary;
  readonly digest: string;
  readonly choices: PermissionRequest["choices"];
  readonly asked: Asked;
  /** Nobody else may allow it. */
  readonly isForPerson: boolean;
}

export interface Settling {
  readonly waiting: Waiters<PermissionId, Waiting, GateOutcome>;
  /** What was settled but could not be recorded, for as long as this process lives. */
  unrecorded(id: string): PermissionSummary | null;
  /**
   * Records the outcome, then answers and announces it. `remembered` is written with it.
   *
   * Contract: throws when it can't be recorded; the request is denied then. A denial stands all the same where a disk
   * takes nothing, and gets on record as soon as it does.
   */
  settle(entry: Waiting, how: Settlement, remembered?: GrantChange): PermissionSummary;
  /** The same where there is no caller to tell of a failure. Does nothing if it was settled meanwhile. */
  settleOrReport(entry: Waiting, how: Settlement): void;
  /** Records an outcome that nobody was asked for, before it counts. `used` is written with it. */
  settleSilently(
    request: GateRequest,
    digest: string,
    how: Settlement,
    used?: GrantChange,
  ): Promise<GateOutcome>;
  /** A request that could not even be put on record: denied, and gone from every list. */
  refuse(entry: Waiting): void;
  /** Requests that an earlier process left behind have no asker any more. */
  withdrawLeftBehind(): void;
}

/** More are not kept for a disk that works again: whoever asks on and on is refused all the same. */
const MAX_LATE_RECORDS = 5_000;

/** A person's click outlives a loss of power; waiting for the disk costs a program more than it is worth. */
function isClick({ kind }: Decider): boolean {
  return ["popup", "tray", "notification", "window", "cli"].includes(kind);
}

export function createSettling(deps: {
  readonly store: PermissionStore;
  readonly commit: GroupCommit;
  readonly clock: Clock;
  readonly publish: Publish<typeof permissions>;
  readonly report: (error: unknown) => void;
  readonly health: Pick<StorageHealth, "current" | "listen">;
}): Settling {
  const { store, commit, clock, publish, report } = deps;
  const unrecorded = new Map<string, PermissionSummary>();
  /** Refusals that have a row in the ledger as soon as there is room for it. */
  const late: DecisionRecord[] = [];

  const recordLater = (record: DecisionRecord) => {
    if (late.length < MAX_LATE_RECORDS) late.push(record);
  };
  deps.health.listen((trouble) => {
    if (trouble !== null) return;
    const [records, refused] = [late.splice(0), [...unrecorded.values()]];
    const write = () => {
      // One that never got on record has no row to settle.
      for (const denied of refused) store.settle(denied);
      for (const record of records) store.record(record);
    };
    const recorded = () => {
      for (const { id } of refused) unrecorded.delete(id);
      for (const record of records) publish("permissions.recorded", record);
    };
    commit.queue(write, recorded, () => late.unshift(...records));
  });
  const waiting = createWaiters<PermissionId, Waiting, GateOutcome>({
    clock,
    timedOut: (entry) => settleOrReport(entry, TIMED_OUT),
    aborted: (entry, reason) => settleOrReport(entry, withdrawn(reason)),
  });

  const settle: Settling["settle"] = (entry, how, remembered) => {
    const { id } = entry.summary;
    const answer = waiting.take(id);
    if (answer === null) throw new Error(`${id} is settled already`);
    const at = clock.now();
    const settled = settledSummary(entry.summary, how, at);
    const record = recordOf(entry.summary, how, at);
    try {
      const write = () => {
        if (!store.settle(settled)) throw new Error("the request is not on record as pending");
        store.record(record);
        remembered?.write();
      };
      if (isClick(how.decidedBy)) commit.durably(write);
      else commit.now(write);
    } catch (error) {
      const counts = how.outcome === "denied" ? how : NOT_RECORDED;
      const denied = settledSummary(entry.summary, counts, at);
      unrecorded.set(id, denied);
      recordLater(recordOf(entry.summary, counts, at));
      answer({ ...unrecordedOutcome(denied), ...counts });
      publish("permissions.settled", denied);
      if (counts !== how || deps.health.current() === null) throw error;
      report(error);
      return denied;
    }
    answer({ ...how, permission: settled, digest: entry.digest });
    publish("permissions.settled", settled);
    publish("permissions.recorded", record);
    remembered?.apply();
    return settled;
  };

  const settleOrReport: Settling["settleOrReport"] = (entry, how) => {
    if (waiting.find(entry.summary.id) === undefined) return;
    try {
      settle(entry, how);
    } catch (error) {
      report(error);
    }
  };

  return {
    waiting,
    unrecorded: (id) => unrecorded.get(id) ?? null,
    settle,
    settleOrReport,
    async settleSilently(request, digest, how, used) {
      const record = silentRecord(request, how, clock.now());
      try {
        await commit.write(() => {
          store.record(record, request.subject.target);
          used?.write();
        });
      } catch (error) {
        report(error);
        recordLater(silentRecord(request, NOT_RECORDED, clock.now()));
        return unrecordedOutcome(null);
      }
      used?.apply();
      publish("permissions.recorded", record);
      return { ...how, permission: null, digest };
    },
    refuse({ summary }) {
      const at = clock.now();
      const denied = settledSummary(summary, NOT_RECORDED, at);
      recordLater(recordOf(summary, NOT_RECORDED, at));
      waiting.take(summary.id)?.(unrecordedOutcome(denied));
    },
    withdrawLeftBehind() {
      const at = clock.now();
      commit.now(() => {
        for (const left of store.pending()) {
          store.settle(settledSummary(left, LEFT_BEHIND, at));
          store.record(recordOf(left, LEFT_BEHIND, at));
        }
      });
    },
  };
}
