/** Where failures are told that no caller hears of: the log first, and who listens. */
export interface Reports {
  report(source: string, error: unknown): void;
  /** What was reported before is told at once. */
  listen(listener: (source: string, message: string) => void): void;
}

const MAX_KEPT = 50;

/** Contract: `report` never throws, whatever the log or a listener does. */
export function createReports(log: { error(details: object, message: string): void }): Reports {
  const kept: { readonly source: string; readonly message: string }[] = [];
  const listeners: ((source: string, message: string) => void)[] = [];
  return {
    report(source, error) {
      const message = error instanceof Error ? error.message : String(error);
      try {
        log.error({ source, err: error }, message);
        for (const listener of listeners) listener(source, message);
      } catch {
        // There is nobody left to tell.
        return;
      }
      if (listeners.length === 0 && kept.length < MAX_KEPT) kept.push({ source, message });
    },
    listen(listener) {
      listeners.push(listener);
      for (const { source, message } of kept.splice(0)) listener(source, message);
    },
  };
}
