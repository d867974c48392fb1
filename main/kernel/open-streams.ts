import type { Principal } from "../contract/principal.ts";

/**
 * What stays open, by whom it is for (answers, requests that wait, runs): it ends with the rights under which it was
 * opened.
 */
export interface OpenStreams {
  /**
   * `end` is called when the principal's rights end; where they have ended for good already, right after this turn's
   * work. Returns what to call when the stream has ended by itself.
   */
  opened(principal: Pick<Principal, "id">, end: () => void): () => void;
  /** Whether the principal's rights have ended for good: nothing new may begin in its name. */
  hasEnded(principal: Pick<Principal, "id">): boolean;
  /** Ends all that are open for this principal, now. */
  endOf(principalId: string): void;
  /** The same, and whatever is opened later ends as well: these rights don't come back. */
  endForGood(principalId: string): void;
}

export function createOpenStreams(): OpenStreams {
  const byPrincipal = new Map<string, Set<() => void>>();
  const ended = new Set<string>();

  const endOf = (principalId: string) => {
    const streams = byPrincipal.get(principalId) ?? [];
    byPrincipal.delete(principalId);
    for (const end of streams) end();
  };

  return {
    opened({ id }, end) {
      if (ended.has(id)) {
        queueMicrotask(end);
        return () => {};
      }
      const streams = byPrincipal.get(id) ?? new Set();
      byPrincipal.set(id, streams);
      streams.add(end);
      return () => {
        streams.delete(end);
        if (streams.size === 0 && byPrincipal.get(id) === streams) byPrincipal.delete(id);
      };
    },
    hasEnded: ({ id }) => ended.has(id),
    endOf,
    endForGood(principalId) {
      ended.add(principalId);
      endOf(principalId);
    },
  };
}
