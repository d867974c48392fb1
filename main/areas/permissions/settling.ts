import { isClick } from "../../contract/decider.ts";
import type { PermissionId } from "../../contract/ids.ts";
import type { Publish } from "../../kernel/bus.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { GroupCommit } from "../../kernel/group-commit.ts";
import type { StorageHealth } from "../../kernel/storage-health.ts";
import { createWaiters, type Waiters } from "../../kernel/waiters.ts";
import type { DecisionRecord, PermissionRequest, permissions, PermissionSummary } from "./contract.ts";
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
  readonly choices: PermissionRequest["choices"];
  readonly asked: Asked;
  /** Nobody else may allow it. */
  readonly isForPerson: boolean;
}

export interface Settling {
  /**
   * Denials that the asker has not been told yet. Whatever settles such a request, an end of its time or of its asker,
   * settles it as denied.
   */
  readonly held: Map<PermissionId, Settlement>;
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
  /** The same for many with one commit. Those that can't be recorded are denied, and named. */
  settleMany(
    entries: readonly Waiting[],
    how: Settlement,
  ): { readonly settled: readonly PermissionSummary[]; readonly failed: readonly PermissionId[] };
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

export function createSettling(deps: {
  readonly store: PermissionStore;
  readonly commit: GroupCommit;
  readonly clock: Clock;
  readonly publish: Publish<typeof permissions>;
  readonly report: (error: unknown) => void;
  readonly health: Pick<StorageHealth, "current" | "listen">;
}): Settling {
  const { store, commit, clock, publish, report } = deps;
  const held: Settling["held"] = new Map();
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

  /** Taken out, so that nobody else answers it; now it is recorded, and then told. */
  const begin = (entry: Waiting, given: Settlement, remembered?: GrantChange) => {
    const { id, digest } = entry.summary;
    const how = held.get(id) ?? given;
    held.delete(id);
    const answer = waiting.take(id);
    if (answer === null) throw new Error(`${id} is settled already`);
    const at = clock.now();
    const settled = settledSummary(entry.summary, how, at);
    const record = recordOf(entry.summary, how, at);
    return {
      how,
      settled,
      write() {
        if (!store.settle(settled)) throw new Error("the request is not on record as pending");
        store.record(record);
        remembered?.write();
      },
      tell() {
        answer({ ...how, permission: settled, digest });
        publish("permissions.settled", settled);
        publish("permissions.recorded", record);
        remembered?.apply();
      },
      /** It can't be recorded, so it is not allowed. A denial stands where the disk is what failed. */
      fail() {
        const counts = how.outcome === "denied" ? how : NOT_RECORDED;
        const denied = settledSummary(entry.summary, counts, at);
        unrecorded.set(id, denied);
        recordLater(recordOf(entry.summary, counts, at));
        answer({ ...unrecordedOutcome(denied), ...counts });
        publish("permissions.settled", denied);
        return { denied, stands: counts === how && deps.health.current() !== null };
      },
    };
  };
  const commitNow = ({ decidedBy }: Settlement, write: () => void) =>
    isClick(decidedBy) ? commit.durably(write) : commit.now(write);

  const settle: Settling["settle"] = (entry, how, remembered) => {
    const settlement = begin(entry, how, remembered);
    try {
      commitNow(settlement.how, settlement.write);
    } catch (error) {
      const { denied, stands } = settlement.fail();
      if (!stands) throw error;
      report(error);
      return denied;
    }
    settlement.tell();
    return settlement.settled;
  };

  const settleMany: Settling["settleMany"] = (entries, how) => {
    const begun = entries.map((entry) => begin(entry, how));
    const settled: PermissionSummary[] = [];
    const failed: PermissionId[] = [];
    const told = (each: (typeof begun)[number]) => {
      each.tell();
      settled.push(each.settled);
    };
    try {
      commitNow(how, () => begun.forEach(({ write }) => write()));
    } catch {
      // Which one failed is not known, so each is recorded on its own.
      for (const each of begun) {
        try {
          commitNow(how, each.write);
        } catch (error) {
          report(error);
          const { denied, stands } = each.fail();
          if (stands) settled.push(denied);
          else failed.push(denied.id);
          continue;
        }
        told(each);
      }
      return { settled, failed };
    }
    begun.forEach(told);
    return { settled, failed };
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
    held,
    unrecorded: (id) => unrecorded.get(id) ?? null,
    settle,
    settleMany,
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
        for (const { summary, denial } of store.pending()) {
          const how = denial ?? LEFT_BEHIND;
          store.settle(settledSummary(summary, how, at));
          store.record(recordOf(summary, how, at));
        }
      });
    },
  };
}
