import type { PermissionId } from "../../contract/ids.ts";
import type { Publish } from "../../kernel/bus.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { GroupCommit } from "../../kernel/group-commit.ts";
import type { Subject } from "../inspection/contract.ts";
import type { Decider, PermissionRequest, permissions, PermissionSummary } from "./contract.ts";
import type { GateAnswer, GateRequest } from "./gate.ts";
import type { GrantBook } from "./grant-book.ts";
import type { Asked, RememberedGrant } from "./grants.ts";
import {
  NOT_RECORDED,
  recordOf,
  settledSummary,
  silentRecord,
  unrecordedAnswer,
  type Settlement,
} from "./outcome.ts";
import type { PermissionStore } from "./store.ts";

/** A request that somebody was asked and has not been answered. */
export interface Waiting {
  readonly summary: PermissionSummary;
  readonly digest: string;
  readonly choices: PermissionRequest["choices"];
  readonly asked: Asked;
  readonly answer: (answer: GateAnswer) => void;
  /** Stops the timer and the wait for a cancellation. */
  cancelTimer: () => void;
}

export interface Settling {
  /** Requests by id, oldest first. Whoever takes one out settles it. */
  readonly waiting: Map<PermissionId, Waiting>;
  /** What was settled but could not be recorded, for as long as this process lives. */
  unrecorded(id: string): PermissionSummary | null;
  /**
   * Records the outcome, then answers and announces it.
   *
   * Contract: throws when it can't be recorded; the request is denied then.
   */
  settle(entry: Waiting, how: Settlement, remembered?: RememberedGrant): PermissionSummary;
  /** The same where there is no caller to tell of a failure. */
  settleUnasked(entry: Waiting, how: Settlement): void;
  /** An outcome that nobody was asked for: it is recorded before it counts. */
  settleSilently(
    request: GateRequest,
    call: { readonly subject: Subject; readonly digest: string },
    how: Settlement,
    used?: RememberedGrant,
  ): Promise<GateAnswer>;
  /** Requests that an earlier process left behind have no asker any more. */
  withdrawLeftBehind(reason: string): void;
}

/** A person's click outlives a loss of power; waiting for the disk costs a program more than it is worth. */
function isClick({ kind }: Decider): boolean {
  return ["popup", "tray", "notification", "window", "cli"].includes(kind);
}

export function createSettling(deps: {
  readonly store: PermissionStore;
  readonly grants: GrantBook;
  readonly commit: GroupCommit;
  readonly clock: Clock;
  readonly publish: Publish<typeof permissions>;
  readonly report: (error: unknown) => void;
}): Settling {
  const { store, grants, commit, clock, publish, report } = deps;
  const waiting = new Map<PermissionId, Waiting>();
  const unrecorded = new Map<string, PermissionSummary>();

  const settle: Settling["settle"] = (entry, how, remembered) => {
    const { id } = entry.summary;
    waiting.delete(id);
    entry.cancelTimer();
    const at = clock.now();
    const settled = settledSummary(entry.summary, how, at);
    const record = recordOf(entry.summary, how, at);
    try {
      const write = () => {
        if (!store.settle(settled)) throw new Error("the request is not on record as pending");
        store.record(record);
        if (remembered !== undefined) grants.save(remembered);
      };
      if (isClick(how.decidedBy)) commit.durably(write);
      else commit.now(write);
    } catch (error) {
      const denied = settledSummary(entry.summary, NOT_RECORDED, at);
      unrecorded.set(id, denied);
      entry.answer(unrecordedAnswer(denied));
      publish("permissions.settled", denied);
      throw error;
    }
    entry.answer({ ...how, permission: settled, digest: entry.digest });
    publish("permissions.settled", settled);
    publish("permissions.recorded", record);
    if (remembered !== undefined) grants.committed(remembered);
    return settled;
  };

  return {
    waiting,
    unrecorded: (id) => unrecorded.get(id) ?? null,
    settle,
    settleUnasked(entry, how) {
      try {
        settle(entry, how);
      } catch (error) {
        report(error);
      }
    },
    async settleSilently(request, { subject, digest }, how, used) {
      const record = silentRecord(request, subject, how, clock.now());
      try {
        await commit.write(() => {
          store.record(record);
          if (used !== undefined) grants.use(used.grant);
        });
      } catch (error) {
        report(error);
        return unrecordedAnswer(null);
      }
      if (used !== undefined) grants.used(used.grant);
      publish("permissions.recorded", record);
      return { ...how, permission: null, digest };
    },
    withdrawLeftBehind(reason) {
      const how: Settlement = {
        outcome: "withdrawn",
        decidedBy: { kind: "system", name: "restart" },
        scope: null,
        reason,
      };
      const at = clock.now();
      commit.now(() => {
        for (const left of store.pending()) {
          store.settle(settledSummary(left, how, at));
          store.record(recordOf(left, how, at));
        }
      });
    },
  };
}
