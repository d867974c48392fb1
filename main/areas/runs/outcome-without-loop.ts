import type { Message } from "../sessions/contract.ts";
import type { RunError } from "./contract.ts";
import type { LoopOutcome } from "./loop/ports.ts";

/** For a run that ends without the loop having had its say. */
export function withoutLoop(newMessages: readonly Message[], error: RunError): LoopOutcome {
  return { newMessages, compaction: null, text: "", usage: null, error };
}
