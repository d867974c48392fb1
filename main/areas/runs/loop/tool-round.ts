import type { Message, ToolCall } from "../../sessions/contract.ts";
import { giveWay } from "../../../kernel/slices.ts";
import { toolMessage } from "../tool-message.ts";
import { abortable } from "./abortable.ts";
import type { ReceivedCall } from "./draft.ts";
import { errorText, LoopFailure, throwIfCanceled } from "./failure.ts";
import type { ToolRound } from "./guardrails.ts";
import type { ExecutedCall, LoopPorts } from "./ports.ts";
import { fingerprintOf } from "./tool-arguments.ts";

/** For the gate to withdraw its question and for a tool to put away what it started. */
const PATIENCE_MS = 2_000;

/**
 * Runs the calls of one turn, one after the other, and tells of all results once the last one is in.
 *
 * Contract: when it is canceled or the gate fails midway, the results that are in are still told and kept.
 */
export async function runToolRound(
  calls: readonly ReceivedCall[],
  toolNames: ReadonlySet<string>,
  ports: LoopPorts,
  signal: AbortSignal,
  keep: (message: Message) => void,
): Promise<ToolRound> {
  const finished: { readonly received: ReceivedCall; readonly executed: ExecutedCall }[] = [];
  try {
    for (const received of calls) {
      await giveWay();
      throwIfCanceled(signal);
      ports.emit({ type: "tool_start", call: received.call });
      finished.push({ received, executed: await runCall(received, toolNames, ports, signal) });
    }
  } finally {
    for (const { received, executed } of finished) {
      const call = withNormalizedArguments(received);
      const createdAt = ports.clock.now();
      ports.emit({ type: "tool_end", call, ...executed, createdAt });
      keep(toolMessage({ call, result: executed.result, createdAt }));
    }
  }
  throwIfCanceled(signal);
  const fingerprints: ToolRound["calls"][number][] = [];
  for (const { call, arguments: read } of calls) {
    await giveWay();
    fingerprints.push({ name: call.name, fingerprint: fingerprintOf(read) });
  }
  return {
    calls: fingerprints,
    allFailed: finished.every(({ executed }) => executed.result.isError),
  };
}

async function runCall(
  { call, arguments: read }: ReceivedCall,
  toolNames: ReadonlySet<string>,
  ports: LoopPorts,
  signal: AbortSignal,
): Promise<ExecutedCall> {
  const name = JSON.stringify(call.name);
  if (!toolNames.has(call.name)) return refused(`unknown tool ${name}`);
  if (!read.ok) return refused(`invalid arguments for tool ${name}: ${read.reason}`);
  try {
    const prepared = { id: call.id, name: call.name, arguments: read.normalized };
    return await abortable(ports.execute(prepared, signal), signal, { clock: ports.clock, ms: PATIENCE_MS });
  } catch (error) {
    if (error instanceof LoopFailure) throw error;
    throw new LoopFailure("failed", errorText(error), error);
  }
}

/** The model can read it and do better. */
function refused(content: string): ExecutedCall {
  return { result: { content, isError: true }, decidedBy: null, durationMs: 0 };
}

function withNormalizedArguments({ call, arguments: read }: ReceivedCall): ToolCall {
  return read.ok && read.normalized !== read.asSent ? { ...call, arguments: read.normalized } : call;
}
