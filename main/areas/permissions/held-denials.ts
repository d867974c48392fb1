import { fail } from "../../contract/fail.ts";
import type { PermissionId } from "../../contract/ids.ts";
import type { Principal } from "../../contract/principal.ts";
import type { Publish } from "../../kernel/bus.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { GroupCommit } from "../../kernel/group-commit.ts";
import { permissions, type PermissionSummary } from "./contract.ts";
import { settledSummary, type Settlement } from "./outcome.ts";
import type { Settling, Waiting } from "./settling.ts";
import type { PermissionStore } from "./store.ts";

/** As long as a denial can be taken back, for nobody has heard of it. */
export const UNDO_MS = 5_000;

export interface HeldDenials {
  /**
   * Answers without telling the asker yet. It takes effect by itself, or as soon as anything else would settle it; at once
   * where it can't be put on record.
   */
  hold(entry: Waiting, how: Settlement, by: Principal): PermissionSummary;
  /** It waits again, as if nothing had been said. Contract: throws when it is too late, or was said by somebody else. */
  undo(id: PermissionId, by: Principal): PermissionSummary;
}

/**
 * A denial is on the disk at once, on the request that still waits: whatever ends the process, it is not allowed, and the
 * next start tells the ledger what was answered.
 */
export function createHeldDenials(deps: {
  readonly settling: Settling;
  readonly store: PermissionStore;
  readonly commit: GroupCommit;
  readonly clock: Clock;
  readonly publish: Publish<typeof permissions>;
  readonly report: (error: unknown) => void;
}): HeldDenials {
  const { settling, store, commit, clock, publish, report } = deps;
  const said = new Map<PermissionId, { readonly by: string; readonly cancel: () => void }>();

  return {
    hold(entry, how, by) {
      const { id } = entry.summary;
      const at = clock.now();
      try {
        commit.durably(() => store.holdDenial(id, how));
      } catch (error) {
        // What can't be kept for a while counts at once: a denial stands, also where nothing can be written.
        report(error);
        return settling.settle(entry, how);
      }
      settling.held.set(id, how);
      const cancel = clock.after(UNDO_MS, () => {
        said.delete(id);
        if (settling.held.has(id)) settling.settleOrReport(entry, how);
      });
      said.set(id, { by: by.id, cancel });
      const denied = settledSummary(entry.summary, how, at);
      publish("permissions.denying", { request: denied, until: at + UNDO_MS });
      return denied;
    },
    undo(id, by) {
      const entry = settling.waiting.find(id);
      const denial = said.get(id);
      if (entry === undefined || !settling.held.has(id) || denial?.by !== by.id) {
        throw fail(permissions, "too_late", "This can't be taken back any more.");
      }
      commit.durably(() => store.releaseDenial(id));
      settling.held.delete(id);
      denial.cancel();
      said.delete(id);
      publish("permissions.undone", entry.summary);
      return entry.summary;
    },
  };
}
