import { sleep } from "../../../kernel/clock.ts";
import { ModelError } from "../model.ts";
import { classifyFailure } from "./errors.ts";
import { canceled, errorText, LoopFailure, throwIfCanceled } from "./failure.ts";
import type { LoopPorts } from "./ports.ts";

const MAX_ATTEMPTS = 4;
const BASE_DELAY_MS = 2_000;
const MAX_DELAY_MS = 30_000;

/** Finds "retry after 7s", `"retryDelay": "350ms"`, "Retry-After: 7", "try again in 1.5 seconds". */
const HINT =
  /(?:retry[-_ ]?(?:after|delay|in)|try again (?:in|after))["']?\s*[:=]?\s*["']?(\d{1,9}(?:\.\d{1,9})?)\s*(ms|milli|m)?/i;

/** How long the text of an error asks to wait; null when it does not say. */
export function retryHintMs(text: string): number | null {
  const match = HINT.exec(text);
  if (match === null) return null;
  const unit = match[2]?.toLowerCase();
  const factor = unit === undefined ? 1_000 : unit === "m" ? 60_000 : 1;
  return Math.round(Number(match[1]) * factor);
}

/** The wait after failed attempt number `attempt`, from 1. The server may ask for more, up to the cap. */
export function retryDelayMs(attempt: number, hintMs: number | null): number {
  const backoff = BASE_DELAY_MS * 2 ** (attempt - 1);
  return Math.min(MAX_DELAY_MS, hintMs !== null && hintMs > backoff ? Math.round(hintMs) : backoff);
}

/** Makes model calls until one succeeds, telling of each wait before it begins. */
export async function withRetries<T>(
  ports: Pick<LoopPorts, "clock" | "emit">,
  signal: AbortSignal,
  makeAttempt: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    throwIfCanceled(signal);
    try {
      return await makeAttempt();
    } catch (error) {
      throwIfCanceled(signal);
      const text = errorText(error);
      const isFinal = error instanceof ModelError && error.isFinal;
      const status = error instanceof ModelError ? error.status : null;
      const kind = isFinal ? "fatal" : classifyFailure(text, status);
      if (kind === "overflow")
        throw new LoopFailure("overflow", `loop: context window exceeded: ${text}`, error);
      if (kind === "fatal") throw new LoopFailure("failed", text, error);
      if (attempt === MAX_ATTEMPTS) {
        throw new LoopFailure("failed", `loop: provider failed after ${attempt} attempts: ${text}`, error);
      }
      const hint = (error instanceof ModelError ? error.retryAfterMs : null) ?? retryHintMs(text);
      const delayMs = retryDelayMs(attempt, hint);
      ports.emit({ type: "retry", error: text, attempt, maxAttempts: MAX_ATTEMPTS, delayMs });
      await sleepUnlessCanceled(ports, delayMs, signal);
    }
  }
}

async function sleepUnlessCanceled(ports: Pick<LoopPorts, "clock">, ms: number, signal: AbortSignal) {
  try {
    await sleep(ports.clock, ms, signal);
  } catch (error) {
    if (signal.aborted) throw canceled();
    throw error;
  }
}
