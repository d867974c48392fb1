import type { Decider } from "../../../contract/decider.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { ToolInfo } from "../../catalogs/tools/contract.ts";

import type { Compaction, Message, Usage } from "../../sessions/contract.ts";
import type { RunError, RunEventBody, ToolResult } from "../contract.ts";
import type { Model } from "../model.ts";

/** A call whose name is known and whose arguments are an object. */
export interface PreparedCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

export interface ExecutedCall {
  readonly result: ToolResult;
  readonly decidedBy: Decider | null;
  readonly durationMs: number;
}

/** Everything the loop needs of the world. It touches nothing else: no disk, no settings, no timers of its own. */
export interface LoopPorts {
  readonly clock: Clock;
  readonly model: Model;
  /**
   * Asks the gate and runs the tool. Contract: rejects only when `signal` aborts or the gate itself fails, and settles
   * soon after an abort; what comes more than two seconds later is lost. A result it resolves with in time is kept.
   */
  execute(call: PreparedCall, signal: AbortSignal): Promise<ExecutedCall>;
  /**
   * Asked before each turn of the model, with what the run used so far. Null: it may be taken. Else resolves with null
   * once it may, or with why not; soon with null when the run is canceled.
   */
  mayGoOn(used: Usage | null): Promise<string | null> | null;
  /** Called in order; must not throw. */
  emit(event: RunEventBody): void;
}

export interface LoopInput {
  /** What the model gets to see of the session so far, oldest first. */
  readonly history: readonly Message[];
  readonly prompt: Message;
  readonly system: string;
  /** "" means the provider's default. */
  readonly modelName: string;
  readonly tools: readonly ToolInfo[];
  readonly options: Readonly<Record<string, unknown>>;
  /** Model turns for the whole run, tool rounds included. */
  readonly maxTurns: number;
  readonly signal: AbortSignal;
}

export interface LoopOutcome {
  /** All messages to be added to the session, beginning with the prompt, also when the run failed. */
  readonly newMessages: readonly Message[];
  /**
   * Set when the history was condensed on the way; counts messages of `history` only. A summary made in the middle
   * of a run may also tell of the first `newMessages`; they are to be kept all the same.
   */
  readonly compaction: Compaction | null;
  /** Text of the last assistant message. */
  readonly text: string;
  readonly usage: Usage | null;
  /** Null when the run ended well. `canceled` whenever the signal aborted. */
  readonly error: RunError | null;
}
