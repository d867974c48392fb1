import { grouped } from "../../../contract/in-words.ts";
import { MAX_CALLS_PER_RUN } from "../../../contract/limits.ts";
import type { Message, Usage } from "../../sessions/contract.ts";
import { claimCallId } from "./call-ids.ts";
import { LoopFailure, throwIfCanceled } from "./failure.ts";
import { type GuardrailVerdict, judgeRound, type Streaks, type ToolRound } from "./guardrails.ts";
import { callIdsOf, hardenHistory } from "./harden-history.ts";
import { addUsage, userMessage } from "./messages.ts";
import { takeModelTurn } from "./model-turn.ts";
import type { LoopInput, LoopPorts } from "./ports.ts";
import { runToolRound } from "./tool-round.ts";

/** What a run has come to, across its passes. */
export interface Progress {
  /** What the model gets to see next. */
  view: Message[];
  readonly newMessages: Message[];
  turns: number;
  calls: number;
  streaks: Streaks;
  usage: Usage | null;
}

/** One pass of the loop: turn after turn until the model is done. Answers what ended it early, else null. */
export async function runPass(
  input: LoopInput,
  ports: LoopPorts,
  progress: Progress,
): Promise<LoopFailure | null> {
  ports.emit({ type: "loop_start" });
  try {
    throwIfCanceled(input.signal);
    progress.view = hardenHistory(progress.view, { provider: ports.model.provider, model: input.modelName });
    await takeTurns(input, ports, progress);
    return null;
  } catch (error) {
    if (!(error instanceof LoopFailure)) throw error;
    ports.emit({ type: "error", error: error.message });
    return error;
  } finally {
    ports.emit({ type: "loop_end" });
  }
}

async function takeTurns(input: LoopInput, ports: LoopPorts, progress: Progress): Promise<void> {
  const { signal, maxTurns } = input;
  const toolNames = new Set(input.tools.map((tool) => tool.name));
  const usedIds = callIdsOf(progress.view);
  const keep = (message: Message) => {
    progress.newMessages.push(message);
    progress.view.push(message);
  };

  while (progress.turns < maxTurns) {
    const refusal = await ports.mayGoOn(progress.usage);
    throwIfCanceled(signal);
    if (refusal !== null) throw new LoopFailure("failed", refusal);
    ports.emit({ type: "turn_start" });
    const reply = await takeModelTurn(requestFor(input, progress.view), ports);
    progress.turns += 1;
    progress.calls += reply.calls.length;
    for (const { call } of reply.calls) call.id = claimCallId(call.id, usedIds);
    const isLastTurn = progress.turns >= maxTurns;
    const message = isLastTurn && reply.calls.length > 0 ? outOfTurns(reply.message) : reply.message;
    progress.usage = addUsage(progress.usage, message.usage ?? null);
    keep(message);
    ports.emit({ type: "message_end", message });
    throwIfCanceled(signal);

    if (reply.calls.length === 0) {
      ports.emit({ type: "turn_end" });
      return;
    }

    if (progress.calls > MAX_CALLS_PER_RUN) {
      throw new LoopFailure("failed", `loop: more than ${grouped(MAX_CALLS_PER_RUN)} tool calls in one run`);
    }
    const round = await runToolRound(reply.calls, toolNames, ports, signal, keep);
    ports.emit({ type: "turn_end" });
    applyGuardrails(round, isLastTurn, ports, progress, keep);
  }
  throw new LoopFailure("failed", `loop: maximum turns exceeded (${maxTurns})`);
}

function requestFor(input: LoopInput, view: readonly Message[]) {
  const { modelName: model, system, tools, options, signal } = input;
  return { model, system, messages: [...view], tools, options, signal };
}

/** The turn's calls still run, but the model will not get to see what came of them. */
function outOfTurns(message: Message): Message {
  return { ...message, stopReason: "max_turns" };
}

/** A nudge is advice for the next turn, so without one there is none. */
function applyGuardrails(
  round: ToolRound,
  isLastTurn: boolean,
  ports: LoopPorts,
  progress: Progress,
  keep: (message: Message) => void,
): void {
  const { streaks, verdicts } = judgeRound(progress.streaks, round);
  progress.streaks = streaks;
  const halt = verdicts.find((verdict) => verdict.action === "halt");
  if (halt !== undefined) {
    ports.emit(guardrailEvent(halt));
    throw new LoopFailure("failed", halt.error);
  }
  if (isLastTurn) return;
  for (const verdict of verdicts) {
    const message = userMessage(verdict.advice, ports.clock.now(), { guardrail: verdict.kind });
    ports.emit({ ...guardrailEvent(verdict), message });
    keep(message);
  }
}

function guardrailEvent({ kind, count, action, error }: GuardrailVerdict) {
  return { type: "guardrail", kind, count, action, error } as const;
}
