/** Why a pass of the loop ended early. `overflow` may be recovered from once, the others end the run. */
export type FailureKind = "canceled" | "overflow" | "failed";

/** The only error that the parts of the loop throw on purpose; anything else is a bug. */
export class LoopFailure extends Error {
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "LoopFailure";
    this.kind = kind;
  }
}

export function canceled(): LoopFailure {
  return new LoopFailure("canceled", "context canceled");
}

export function throwIfCanceled(signal: AbortSignal): void {
  if (signal.aborted) throw canceled();
}

export function errorText(error: unknown): string {
  if (error instanceof Error) return error.message === "" ? error.name : error.message;
  return String(error);
}
