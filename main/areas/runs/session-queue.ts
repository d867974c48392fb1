/** One run at a time per session, in the order of arrival; sessions do not wait for each other. */
export interface SessionQueue {
  /** Resolves with the way out once it is this run's turn, or with null when `signal` aborts before that. */
  enter(sessionId: string, signal: AbortSignal): Promise<(() => void) | null>;
}

export function createSessionQueue(): SessionQueue {
  const waiting = new Map<string, (() => void)[]>();

  const leave = (sessionId: string) => {
    const next = waiting.get(sessionId)?.shift();
    if (next === undefined) waiting.delete(sessionId);
    else next();
  };

  return {
    async enter(sessionId, signal) {
      const line = waiting.get(sessionId);
      if (signal.aborted) return null;
      if (line === undefined) {
        waiting.set(sessionId, []);
        return () => leave(sessionId);
      }
      return new Promise((resolve) => {
        const onTurn = () => {
          signal.removeEventListener("abort", onAbort);
          resolve(() => leave(sessionId));
        };
        const onAbort = () => {
          const place = line.indexOf(onTurn);
          if (place >= 0) line.splice(place, 1);
          resolve(null);
        };
        line.push(onTurn);
        signal.addEventListener("abort", onAbort, { once: true });
      });
    },
  };
}
