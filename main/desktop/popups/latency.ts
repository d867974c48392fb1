import type { Log } from "../../kernel/log.ts";

/** Requests whose card never came up must not pile up. */
const MAX_OPEN = 500;

/** How long a person had to wait to see what was asked. */
export interface PaintLatency {
  asked(id: string): void;
  painted(id: string): void;
  settled(id: string): void;
}

export function createPaintLatency(log: Log, now: () => number = () => performance.now()): PaintLatency {
  const askedAt = new Map<string, number>();
  return {
    asked(id) {
      if (askedAt.size < MAX_OPEN) askedAt.set(id, now());
    },
    painted(id) {
      const since = askedAt.get(id);
      if (since === undefined) return;
      askedAt.delete(id);
      log.info({ waitingId: id, ms: Math.round((now() - since) * 10) / 10 }, "popup painted");
    },
    settled: (id) => void askedAt.delete(id),
  };
}
