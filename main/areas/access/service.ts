import { fail } from "../../contract/fail.ts";
import type { AccessScope, Principal } from "../../contract/principal.ts";
import type { Publish } from "../../kernel/bus.ts";
import type { Clock } from "../../kernel/clock.ts";
import { isOver, recordedDeadline, stampNow, whenOver, type Deadline } from "../../kernel/deadline.ts";
import type { GroupCommit } from "../../kernel/group-commit.ts";
import type { OpenStreams } from "../../kernel/open-streams.ts";
import { isSameSecret } from "../../kernel/same-secret.ts";
import { access, type AccessKey, type KeyId } from "./contract.ts";
import { newKeyToken, parseKeyToken } from "./key-token.ts";
import type { AccessStore, KeptKey } from "./store.ts";

export interface NewKey {
  readonly name: string;
  readonly scopes: readonly AccessScope[];
  readonly expiresInMs?: number | undefined;
}

export interface AccessService {
  list(): AccessKey[];
  /** Contract: throws what `create` would refuse; nobody gives away a right that he does not have. */
  check(wanted: NewKey, by: Principal): void;
  create(wanted: NewKey, by: Principal): { key: AccessKey; token: string };
  revoke(id: KeyId): AccessKey;
  /** The key that this token belongs to, if it holds. Notes that it was used. */
  keyOf(token: string): AccessKey | null;
}

/** Each is asked for at every request and listed whole: more would be a mistake. */
const MAX_KEYS = 200;
const NOTED_EVERY_MS = 60_000;

export function createAccessService(deps: {
  readonly store: AccessStore;
  readonly commit: GroupCommit;
  readonly clock: Clock;
  readonly publish: Publish<typeof access>;
  readonly openStreams: OpenStreams;
  /** For what fails with nobody to tell. */
  readonly report: (error: unknown) => void;
}): AccessService {
  const { store, commit, clock, publish, openStreams, report } = deps;
  const kept = new Map<KeyId, KeptKey>();
  const ends = new Map<KeyId, { readonly deadline: Deadline; readonly stopTimer: () => void }>();

  const isExpired = ({ id }: AccessKey) => {
    const end = ends.get(id);
    return end !== undefined && isOver(clock, end.deadline);
  };
  const keep = (entry: KeptKey) => {
    const { id, createdAt: setAt, expiresAt: endsAt, lastUsedAt } = entry.key;
    kept.set(id, entry);
    if (endsAt === null) return;
    const { stamp } = entry;
    const deadline = recordedDeadline(clock, { setAt, endsAt, stamp, knownAt: lastUsedAt ?? setAt });
    const expire = () => {
      openStreams.endForGood(id);
      publish("access.expired", { id });
    };
    const isOverAlready = isOver(clock, deadline);
    if (isOverAlready) openStreams.endForGood(id);
    const stopTimer = isOverAlready ? () => {} : whenOver(clock, deadline, expire);
    ends.set(id, { deadline, stopTimer });
  };
  store.live().forEach(keep);

  /** In the background: who calls does not wait for it. */
  const noteUse = (entry: KeptKey) => {
    const at = clock.now();
    const { key } = entry;
    if (key.lastUsedAt !== null && Math.abs(at - key.lastUsedAt) < NOTED_EVERY_MS) return;
    const used = { ...key, lastUsedAt: at };
    kept.set(key.id, { ...entry, key: used });
    commit.queue(
      () => store.touch(key.id, at),
      () => publish("access.used", used),
      report,
    );
  };

  const check: AccessService["check"] = ({ name, scopes }, by) => {
    const beyond = scopes.find((scope) => !by.scopes.has(scope));
    if (beyond !== undefined) {
      throw fail(access, "beyond_own", `You can't give the right "${beyond}": you do not have it.`);
    }
    if (kept.size >= MAX_KEYS) {
      throw fail(access, "too_many", `There are ${MAX_KEYS} keys. Revoke those that nobody uses.`);
    }
    if ([...kept.values()].some(({ key }) => key.name === name)) {
      throw fail(access, "name_taken", `There is a key "${name}" already. Revoke it or take another name.`);
    }
  };

  return {
    list: () => [...kept.values()].map(({ key }) => key),
    check,
    create(wanted, by) {
      check(wanted, by);
      const { name, scopes, expiresInMs } = wanted;
      const { id, token, secretHash } = newKeyToken();
      const now = clock.now();
      const key: AccessKey = {
        id,
        name,
        scopes: [...new Set(scopes)],
        createdAt: now,
        expiresAt: expiresInMs === undefined ? null : now + expiresInMs,
        lastUsedAt: null,
      };
      const entry = { key, secretHash, stamp: stampNow(clock) };
      commit.now(() => store.insert(entry));
      keep(entry);
      publish("access.created", key);
      return { key, token };
    },
    revoke(id) {
      const entry = kept.get(id);
      if (entry === undefined) throw fail(access, "not_found", "There is no such key.");
      // Refused from now on even if the disk is full: what is not on record comes back with the next start.
      kept.delete(id);
      ends.get(id)?.stopTimer();
      ends.delete(id);
      openStreams.endForGood(id);
      commit.durably(() => store.revoke(id, clock.now()));
      publish("access.revoked", { id });
      return entry.key;
    },
    keyOf(token) {
      const parsed = parseKeyToken(token);
      const entry = parsed === null ? undefined : kept.get(parsed.id);
      if (parsed === null || entry === undefined) return null;
      if (!isSameSecret(parsed.secretHash, entry.secretHash) || isExpired(entry.key)) return null;
      noteUse(entry);
      return entry.key;
    },
  };
}
