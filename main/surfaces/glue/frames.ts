import { visibleText } from "../../contract/visible-text.ts";
import type { RunEvent } from "../../areas/runs/contract.ts";
import type { EventBatch } from "../../areas/runs/event-log.ts";
import { toolMessage } from "../../areas/runs/tool-message.ts";
import type { Message } from "../../areas/sessions/contract.ts";
import { fitLine } from "./fit-line.ts";
import { goDuration, messageToWire, time, toolCallToWire, toolResultToWire } from "./wire.ts";

/** What later events of a run repeat of earlier ones in this dialect. Never changed, only replaced. */
export interface Told {
  readonly assistant: Message | null;
  /** Messages of the present pass of the loop. */
  readonly loop: readonly Message[];
  /** Messages of the whole run. */
  readonly run: readonly Message[];
}

/** Shorter ones fit whatever they consist of. */
const LONG_DELTA = 150_000;

export const NOTHING_TOLD: Told = { assistant: null, loop: [], run: [] };

export interface RunNames {
  readonly runId: string;
  readonly sessionId: string;
}

export interface EncodedBatch {
  readonly frames: Buffer;
  readonly told: Told;
}

/** All subscribers get the same batch objects and have been told the same, so one encoding serves them all. */
const encoded = new WeakMap<EventBatch, EncodedBatch>();

export function encodeBatch(names: RunNames, batch: EventBatch, told: Told, after: number): EncodedBatch {
  const isWhole = after < batch.firstSeq;
  const known = isWhole ? encoded.get(batch) : undefined;
  if (known !== undefined) return known;
  const result = encode(names, batch.events, told, after);
  if (isWhole) encoded.set(batch, result);
  return result;
}

function encode(names: RunNames, events: readonly RunEvent[], before: Told, after: number): EncodedBatch {
  const idPrefix = eventIdPrefix(names.runId);
  const tags = `"run_id":${JSON.stringify(names.runId)},"session_id":${JSON.stringify(names.sessionId)}`;
  let told = before;
  let frames = "";
  let at = 0;
  let atText = "";
  for (const event of events) {
    told = tell(told, event);
    if (event.seq <= after) continue;
    if (event.at !== at) {
      at = event.at;
      atText = time(at);
    }
    const id = idPrefix + event.seq.toString(16).padStart(8, "0");
    const { type, seq } = event;
    frames += `id: ${id}\nevent: ${type}\ndata: {"version":1,"id":"${id}","seq":${seq},${tags},"time":"${atText}","type":"${type}","payload":${payloadOf(event, told, names)}}\n\n`;
  }
  return { frames: Buffer.from(frames), told };
}

/** Event ids hold their sequence number, so that a client can resume after one without a look-up. */
function eventIdPrefix(runId: string): string {
  return `evt_${runId.slice("run_".length, "run_".length + 24)}`;
}

/** The sequence number in a `Last-Event-ID` of this run; 0, from the beginning, for anything else. */
export function seqOfEventId(runId: string, eventId: string): number {
  const prefix = eventIdPrefix(runId);
  const digits = eventId.startsWith(prefix) ? eventId.slice(prefix.length) : "";
  return /^[0-9a-f]{8}$/.test(digits) ? Number.parseInt(digits, 16) : 0;
}

function tell(told: Told, event: RunEvent): Told {
  switch (event.type) {
    case "loop_start":
      return { ...told, loop: [] };
    case "message_end":
      return { ...withMessage(told, event.message), assistant: event.message };
    case "guardrail":
      return event.message === undefined ? told : withMessage(told, event.message);
    case "tool_end":
      return withMessage(told, toolMessage(event));
    default:
      return told;
  }
}

function withMessage(told: Told, message: Message): Told {
  return { ...told, loop: [...told.loop, message], run: [...told.run, message] };
}

function payloadOf(event: RunEvent, told: Told, names: RunNames): string {
  const { type } = event;
  switch (event.type) {
    case "text_delta":
      if (event.delta.length > LONG_DELTA) return fitLine({ type, delta: event.delta });
      return `{"type":"text_delta","delta":${JSON.stringify(event.delta)}}`;
    case "run_start":
      return fitLine({ client_id: event.clientId, skill: event.skill });
    case "loop_start":
    case "turn_start":
      return `{"type":"${type}"}`;
    case "message_start":
    case "message_end":
      return fitLine({ type, message: messageToWire(event.message) }, [
        () => ({ type, message: messageToWire(withoutArguments(event.message)) }),
      ]);
    case "turn_end":
      return fitLine({ type, message: told.assistant === null ? undefined : messageToWire(told.assistant) }, [
        () => ({ type }),
      ]);
    case "tool_start": {
      const { id, name } = event.call;
      return fitLine({ type, tool_call: toolCallToWire(event.call), tool_call_id: id, tool_name: name }, [
        () => ({ type, tool_call: { id, name }, tool_call_id: id, tool_name: name }),
      ]);
    }
    case "tool_end": {
      const { call, result } = event;
      const names = { tool_call_id: call.id, tool_name: call.name };
      const rest = { tool_call: toolCallToWire(call), ...names, tool_result: toolResultToWire(result) };
      const message = toolMessage(event);
      return fitLine({ type, message: messageToWire(message), ...rest }, [
        () => ({ type, message: messageToWire(withoutText(message)), ...rest }),
        () => ({
          type,
          message: messageToWire(withoutText(message)),
          tool_call: { id: call.id, name: call.name },
          ...names,
          tool_result: toolResultToWire({ ...result, metadata: undefined }),
        }),
      ]);
    }
    case "permission_request": {
      const ask = (args: unknown) => ({
        permission_id: event.permissionId,
        request: {
          // Terminals print them as they are; a control character would let a call pose as another.
          tool: visibleText(event.tool),
          action: visibleText(event.action),
          target: visibleText(event.target),
          args,
          session_id: names.sessionId,
        },
        expires_at: event.expiresAt === null ? null : time(event.expiresAt),
      });
      return fitLine(ask(event.arguments), [() => ask(undefined)]);
    }
    case "permission_settled":
      return fitLine({
        permission_id: event.permissionId,
        outcome: event.outcome,
        decided_by: event.decidedBy,
        scope: event.scope ?? undefined,
        reason: event.reason ?? undefined,
      });
    case "question_asked":
      return fitLine({ question_id: event.questionId });
    case "question_settled":
      return fitLine({ question_id: event.questionId, outcome: event.outcome, decided_by: event.decidedBy });
    case "retry":
      return fitLine({
        type,
        error: event.error,
        metadata: {
          attempt: event.attempt,
          max_attempts: event.maxAttempts,
          delay: goDuration(event.delayMs),
        },
      });
    case "guardrail":
      return fitLine({
        type,
        error: event.error,
        metadata: { kind: event.kind, count: event.count, action: event.action },
      });
    case "error":
      return fitLine({ type, error: event.error });
    case "loop_end":
      if (told.loop.length === 0) return `{"type":"${type}"}`;
      return fitLine({ type, messages: told.loop.map(messageToWire) }, [
        () => ({ type, messages: told.loop.map(withoutBody).map(messageToWire) }),
        () => ({ type }),
      ]);
    case "compacted":
      return fitLine({ type, replaced: event.replaced });
    case "run_done":
      return runDone(event.text, told);
    case "run_error":
      return fitLine({
        error: {
          code: event.code === "canceled" ? "canceled" : "internal",
          message: event.message,
          retryable: false,
        },
      });
  }
}

/** Says the final text three times when there is room; what was used is always said (Glue contract 2.1). */
function runDone(text: string, told: Told): string {
  const message = told.assistant === null ? null : messageToWire(told.assistant);
  const light = told.run.map(withoutBody);
  return fitLine({ message, new_messages: told.run.map(messageToWire), text }, [
    () => ({ message, new_messages: light.map(messageToWire), text }),
    () => ({ message: null, new_messages: light.map(withoutText).map(messageToWire), text }),
    () => ({ message: null, new_messages: light.filter(hasUsage).map(withoutText).map(messageToWire), text }),
  ]);
}

const hasUsage = (message: Message): boolean => message.usage !== undefined;

function withoutBody(message: Message): Message {
  return message.role === "tool" ? withoutText(message) : message;
}

function withoutText(message: Message): Message {
  return { ...message, content: [], metadata: undefined };
}

function withoutArguments(message: Message): Message {
  const content = message.content.map((part) =>
    part.type === "tool_call" ? { ...part, toolCall: { ...part.toolCall, arguments: undefined } } : part,
  );
  return { ...message, content };
}
