import type { ModelEvent } from "../../../areas/runs/model.ts";
import { toModelError } from "./failure.ts";

interface Attempt {
  readonly baseUrl: string;
  readonly apiKey: string | null;
  readonly signal: AbortSignal;
}

/**
 * Runs one streaming request under the rules of the Model port: every failure is a ModelError, and the connection is
 * closed as soon as the signal aborts or the reader stops reading.
 */
export async function* streamSafely(
  attempt: Attempt,
  open: (signal: AbortSignal) => AsyncIterable<ModelEvent>,
): AsyncGenerator<ModelEvent, void, undefined> {
  const connection = new AbortController();
  const onAbort = () => connection.abort(attempt.signal.reason);
  attempt.signal.addEventListener("abort", onAbort, { once: true });
  let isComplete = false;
  try {
    attempt.signal.throwIfAborted();
    for await (const event of open(connection.signal)) {
      // The SDKs end a stream quietly when it is aborted.
      attempt.signal.throwIfAborted();
      // Whoever reads may stop here; the connection can then serve the next request.
      isComplete = event.type === "end";
      yield event;
    }
    attempt.signal.throwIfAborted();
  } catch (error) {
    throw toModelError(error, attempt);
  } finally {
    attempt.signal.removeEventListener("abort", onAbort);
    if (!isComplete) connection.abort();
  }
}
