/** What a check found. `fix` says what to do, in one sentence, when the state is not `ok`. */
export interface Finding {
  readonly state: "ok" | "warning" | "failed";
  readonly message: string;
  readonly fix: string | null;
}

/** One question about the daemon's health. Time-out, timing and failure are taken care of by who runs it. */
export interface Check {
  readonly name: string;
  readonly title: string;
  run(signal: AbortSignal): Promise<Finding> | Finding;
}

export const ok = (message: string): Finding => ({ state: "ok", message, fix: null });
export const warning = (message: string, fix: string): Finding => ({ state: "warning", message, fix });
export const failed = (message: string, fix: string): Finding => ({ state: "failed", message, fix });
