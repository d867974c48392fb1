import type { Principal } from "../contract/principal.ts";

/** What stays open, by whom it is for (answers, requests that wait): it ends with the rights under which it was opened. */
export interface OpenStreams {
  /** `end` is called when the principal's rights end. Returns what to call when the stream has ended by itself. */
  opened(principal: Pick<Principal, "id">, end: () => void): () => void;
  /** Ends all that are open for this principal, now. */
  endOf(principalId: string): void;
}

export function createOpenStreams(): OpenStreams {
  const byPrincipal = new Map<string, Set<() => void>>();
  return {
    opened({ id }, end) {
      const streams = byPrincipal.get(id) ?? new Set();
      byPrincipal.set(id, streams);
      streams.add(end);
      return () => {
        streams.delete(end);
        if (streams.size === 0 && byPrincipal.get(id) === streams) byPrincipal.delete(id);
      };
    },
    endOf(principalId) {
      const streams = byPrincipal.get(principalId) ?? [];
      byPrincipal.delete(principalId);
      for (const end of streams) end();
    },
  };
}
