import { fail } from "../../contract/fail.ts";
import type { GrantId } from "../../contract/ids.ts";
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
import { permissions, type Grant } from "./contract.ts";
import {
  changedSince,
  grantCovers,
  grantId,
  grantKey,
  scopesOf,
  type Asked,
  type RememberedGrant,
} from "./grants.ts";
import type { PermissionStore } from "./store.ts";

/**
 * A change of the book in two steps, for somebody else's transaction: `write` inside it, `apply` after its commit. If
 * the commit fails, leave out the second and nothing has changed.
 */
export interface GrantChange {
  write(): void;
  apply(): void;
}

/** What is remembered, in memory for the gate and on disk for the next start. */
export interface GrantBook {
  /** The grant that covers this call, if there is one. */
  covering(asked: Asked): RememberedGrant | null;
  /** What of this very call has changed since it was allowed, by name; null if that is not why it is not covered. */
  changedSince(asked: Asked): readonly string[] | null;
  remember(remembered: RememberedGrant): GrantChange;
  /** Counts a use. */
  use(grant: Grant): GrantChange;
  list(): Grant[];
  revoke(id: GrantId): Grant;
  /** All or none. Returns those that there were. */
  revokeMany(ids: readonly GrantId[]): Grant[];
  /** A grant that was revoked within the last minute. Contract: throws when there is none to restore. */
  restorable(id: GrantId): Grant;
  restore(id: GrantId): Grant;
}

const RESTORABLE_MS = 60_000;

/** A grant with what is needed to tell when it ends, whatever becomes of the machine's clock. */
interface KeptGrant {
  readonly remembered: RememberedGrant;
  readonly stamp: string | null;
  /** Null: until it is revoked. */
  readonly deadline: Deadline | null;
}

export function createGrantBook(deps: {
  readonly store: PermissionStore;
  readonly commit: GroupCommit;
  readonly clock: Clock;
  readonly publish: Publish<typeof permissions>;
}): GrantBook {
  const { store, commit, clock, publish } = deps;
  const granted = new Map<GrantId, KeptGrant>();
  const revoked = new Map<GrantId, { readonly kept: KeptGrant; readonly restorable: Deadline }>();

  const holds = ({ deadline }: KeptGrant) => deadline === null || !isOver(clock, deadline);

  const forget = (id: GrantId) => {
    granted.delete(id);
    publish("permissions.revoked", { id });
  };

  const watchExpiry = ({ remembered: { grant }, deadline }: KeptGrant) => {
    if (deadline === null) return;
    whenOver(clock, deadline, () => {
      if (granted.get(grant.id)?.deadline !== deadline) return;
      forget(grant.id);
      // It covers nothing any more, on disk or not: a row that stays goes at the next start.
      const left = () => {};
      commit.queue(() => store.deleteGrant(grant.id), left, left);
    });
  };

  const keep = (kept: KeptGrant) => {
    granted.set(kept.remembered.grant.id, kept);
    watchExpiry(kept);
  };

  const keeping = (kept: KeptGrant): GrantChange => ({
    write: () => store.saveGrant(kept.remembered, kept.stamp),
    apply() {
      const { grant } = kept.remembered;
      revoked.delete(grant.id);
      keep(kept);
      publish("permissions.granted", grant);
    },
  });

  const load = () => {
    const knownAt = store.latestDecisionAt();
    for (const { remembered, stamp } of store.grants()) {
      const { createdAt: setAt, expiresAt: endsAt } = remembered.grant;
      const deadline = endsAt === null ? null : recordedDeadline(clock, { setAt, endsAt, stamp, knownAt });
      keep({ remembered, stamp, deadline });
    }
  };
  load();

  const restorable = (id: GrantId): KeptGrant => {
    const entry = revoked.get(id);
    if (entry === undefined || isOver(clock, entry.restorable)) {
      throw fail(permissions, "grant_not_found", "This grant was revoked too long ago to take that back.");
    }
    if (!holds(entry.kept)) {
      throw fail(permissions, "grant_not_found", "This grant would have expired by now.");
    }
    return entry.kept;
  };

  const revokeMany = (ids: readonly GrantId[]): Grant[] => {
    const going = [...new Set(ids)].flatMap((id) => granted.get(id) ?? []);
    if (going.length === 0) return [];
    commit.durably(() => {
      for (const { remembered } of going) store.deleteGrant(remembered.grant.id);
    });
    const restorable = deadlineIn(clock, RESTORABLE_MS);
    return going.map((kept) => {
      const { grant } = kept.remembered;
      forget(grant.id);
      const entry = { kept, restorable };
      revoked.set(grant.id, entry);
      whenOver(clock, restorable, () => {
        if (revoked.get(grant.id) === entry) revoked.delete(grant.id);
      });
      return grant;
    });
  };

  return {
    covering(asked) {
      if (granted.size === 0) return null;
      for (const scope of scopesOf(asked)) {
        const kept = granted.get(grantId(scope, grantKey(scope, asked)));
        if (kept !== undefined && holds(kept) && grantCovers(kept.remembered, asked)) return kept.remembered;
      }
      return null;
    },
    changedSince(asked) {
      if (granted.size === 0) return null;
      for (const scope of scopesOf(asked)) {
        const kept = granted.get(grantId(scope, grantKey(scope, asked)));
        const changed = kept !== undefined && holds(kept) ? changedSince(kept.remembered, asked) : null;
        if (changed !== null) return changed;
      }
      return null;
    },
    remember(remembered) {
      const { createdAt, expiresAt } = remembered.grant;
      const deadline = expiresAt === null ? null : deadlineIn(clock, expiresAt - createdAt);
      return keeping({ remembered, stamp: stampNow(clock), deadline });
    },
    use: ({ id }) => ({
      write: () => store.useGrant(id, clock.now()),
      apply() {
        const kept = granted.get(id);
        if (kept === undefined) return;
        const { grant } = kept.remembered;
        const used = { ...grant, lastUsedAt: clock.now(), useCount: grant.useCount + 1 };
        granted.set(id, { ...kept, remembered: { ...kept.remembered, grant: used } });
      },
    }),
    list: () =>
      [...granted.values()]
        .filter(holds)
        .map(({ remembered }) => remembered.grant)
        .toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)),
    revoke(id) {
      const [grant] = revokeMany([id]);
      if (grant === undefined) throw fail(permissions, "grant_not_found", "There is no such grant.");
      return grant;
    },
    revokeMany,
    restorable: (id) => restorable(id).remembered.grant,
    restore(id) {
      const kept = restorable(id);
      const { write, apply } = keeping(kept);
      commit.now(write);
      apply();
      return kept.remembered.grant;
    },
  };
}
