import type { WaitingItem } from "../areas/waiting/contract.ts";

export interface Announcing {
  asked(item: WaitingItem): void;
  settled(item: WaitingItem): void;
  /** The person looks no longer where they looked. */
  left(): void;
}

/**
 * Brings what newly waits before the person, once. Whoever looks at the inbox sees it come there; if they turn away
 * without an answer it is announced then. Whether they look, or have left the desk, nobody can tell: so they are
 * reminded of it.
 */
export function createAnnouncing(deps: {
  readonly isAtInbox: () => boolean;
  readonly announce: (item: WaitingItem) => void;
  /** Tells of it in a while, if it still waits then. */
  readonly remind: (item: WaitingItem) => void;
}): Announcing {
  const seen = new Map<string, WaitingItem>();
  return {
    asked(item) {
      if (!deps.isAtInbox()) return deps.announce(item);
      seen.set(item.id, item);
      deps.remind(item);
    },
    settled: ({ id }) => void seen.delete(id),
    left() {
      if (deps.isAtInbox()) return;
      const unanswered = [...seen.values()];
      seen.clear();
      unanswered.forEach(deps.announce);
    },
  };
}
