import { fail } from "../../contract/fail.ts";
import type { GrantId } from "../../contract/ids.ts";
import type { Publish } from "../../kernel/bus.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { GroupCommit } from "../../kernel/group-commit.ts";
import { permissions, type Grant } from "./contract.ts";
import { grantCovers, grantId, grantKey, scopesOf, type Asked, type RememberedGrant } from "./grants.ts";
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
  remember(remembered: RememberedGrant): GrantChange;
  /** Counts a use. */
  use(grant: Grant): GrantChange;
  list(): Grant[];
  revoke(id: GrantId): Grant;
  /** A grant that was revoked within the last minute. Contract: throws when there is none to restore. */
  restorable(id: GrantId): Grant;
  restore(id: GrantId): Grant;
}

const RESTORABLE_MS = 60_000;

export function createGrantBook(deps: {
  readonly store: PermissionStore;
  readonly commit: GroupCommit;
  readonly clock: Clock;
  readonly publish: Publish<typeof permissions>;
}): GrantBook {
  const { store, commit, clock, publish } = deps;
  const granted = new Map<GrantId, RememberedGrant>();
  const revoked = new Map<
    GrantId,
    { readonly remembered: RememberedGrant; readonly restorableUntil: number }
  >();

  const forget = (id: GrantId) => {
    granted.delete(id);
    publish("permissions.revoked", { id });
  };

  const watchExpiry = ({ grant }: RememberedGrant) => {
    if (grant.expiresAt === null) return;
    clock.after(grant.expiresAt - clock.now(), () => {
      const current = granted.get(grant.id)?.grant.expiresAt ?? null;
      if (current === null || current > clock.now()) return;
      forget(grant.id);
      // It covers nothing any more, on disk or not: a row that stays goes at the next start.
      const left = () => {};
      commit.queue(() => store.deleteGrant(grant.id), left, left);
    });
  };

  const keep = (remembered: RememberedGrant) => {
    granted.set(remembered.grant.id, remembered);
    watchExpiry(remembered);
  };

  const remember = (remembered: RememberedGrant): GrantChange => ({
    write: () => store.saveGrant(remembered),
    apply() {
      revoked.delete(remembered.grant.id);
      keep(remembered);
      publish("permissions.granted", remembered.grant);
    },
  });

  for (const remembered of store.grants()) keep(remembered);

  const restorable = (id: GrantId): RememberedGrant => {
    const entry = revoked.get(id);
    if (entry === undefined || entry.restorableUntil <= clock.now()) {
      throw fail(permissions, "grant_not_found", "This grant was revoked too long ago to take that back.");
    }
    const { expiresAt } = entry.remembered.grant;
    if (expiresAt !== null && expiresAt <= clock.now()) {
      throw fail(permissions, "grant_not_found", "This grant would have expired by now.");
    }
    return entry.remembered;
  };

  return {
    covering(asked) {
      if (granted.size === 0) return null;
      const now = clock.now();
      for (const scope of scopesOf(asked)) {
        const remembered = granted.get(grantId(scope, grantKey(scope, asked)));
        if (remembered !== undefined && grantCovers(remembered, asked, now)) return remembered;
      }
      return null;
    },
    remember,
    use: ({ id }) => ({
      write: () => store.useGrant(id, clock.now()),
      apply() {
        const remembered = granted.get(id);
        if (remembered === undefined) return;
        const { useCount } = remembered.grant;
        const grant = { ...remembered.grant, lastUsedAt: clock.now(), useCount: useCount + 1 };
        granted.set(id, { ...remembered, grant });
      },
    }),
    list: () =>
      [...granted.values()]
        .map(({ grant }) => grant)
        .toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)),
    revoke(id) {
      const remembered = granted.get(id);
      if (remembered === undefined) throw fail(permissions, "grant_not_found", "There is no such grant.");
      commit.durably(() => store.deleteGrant(id));
      forget(id);
      const entry = { remembered, restorableUntil: clock.now() + RESTORABLE_MS };
      revoked.set(id, entry);
      clock.after(RESTORABLE_MS, () => {
        if (revoked.get(id) === entry) revoked.delete(id);
      });
      return remembered.grant;
    },
    restorable: (id) => restorable(id).grant,
    restore(id) {
      const remembered = restorable(id);
      const { write, apply } = remember(remembered);
      commit.now(write);
      apply();
      return remembered.grant;
    },
  };
}
