import { giveWay, ownTurn } from "../../../kernel/slices.ts";
import type { ContentPart, StopReason, ToolCall, Usage } from "../../sessions/contract.ts";
import { createAnswerBounds } from "../answer-bounds.ts";
import { ModelError, type ModelEvent } from "../model.ts";
import { readArguments, type ReadArguments } from "./tool-arguments.ts";

const LONG_ARGUMENTS = 256 * 1024;

/** `call` is the very object in the message's content. */
export interface ReceivedCall {
  readonly call: ToolCall;
  readonly arguments: ReadArguments;
}

/** What one attempt at a model call has brought so far. Grows in place: thousands of deltas must cost next to nothing. */
export interface Draft {
  readonly parts: ContentPart[];
  readonly calls: ReceivedCall[];
  end: { readonly stopReason: StopReason; readonly usage: Usage | null } | null;
}

/** Called when the model answers at all, and for each piece of text. */
export interface DraftListener {
  started(): void;
  text(delta: string): void;
}

export function createDraft(): Draft {
  return { parts: [], calls: [], end: null };
}

/**
 * Reads a stream into `draft`.
 *
 * Contract: stops touching `draft` and `listener` once the signal has aborted; throws a ModelError for an answer that is too
 * much, before it is kept or told.
 */
export async function receive(
  stream: AsyncIterable<ModelEvent>,
  draft: Draft,
  listener: DraftListener,
  signal: AbortSignal,
): Promise<void> {
  let isStarted = false;
  const bounds = createAnswerBounds();
  for await (const event of stream) {
    if (signal.aborted) return;
    if (!isStarted) {
      isStarted = true;
      listener.started();
    }
    switch (event.type) {
      case "text":
        if (event.delta === "") break;
        bounds.piece(event.delta.length);
        appendText(draft.parts, event.delta);
        listener.text(event.delta);
        break;
      case "thinking":
        bounds.piece(event.delta.length + (event.signature?.length ?? 0));
        appendThinking(draft.parts, event.delta, event.signature);
        break;
      case "tool_call": {
        bounds.call();
        bounds.named(event.name);
        bounds.arguments(event.arguments.length);
        bounds.piece(event.id.length + event.name.length + event.arguments.length);
        // Parsing them is one step, however long they are.
        await (event.arguments.length > LONG_ARGUMENTS ? ownTurn() : giveWay());
        if (signal.aborted) return;
        const read = readArguments(event.arguments);
        const call = { id: event.id, name: event.name, arguments: read.asSent };
        draft.parts.push({ type: "tool_call", toolCall: call });
        draft.calls.push({ call, arguments: read });
        break;
      }
      case "end":
        draft.end = { stopReason: event.stopReason, usage: event.usage ?? null };
        return;
    }
  }
  throw new ModelError("stream closed before done");
}

function appendText(parts: ContentPart[], delta: string): void {
  const last = parts.at(-1);
  if (last?.type === "text") last.text += delta;
  else parts.push({ type: "text", text: delta });
}

/** A signature closes a block of thinking; what follows is the next one. */
function appendThinking(parts: ContentPart[], delta: string, signature: string | undefined): void {
  let last = parts.at(-1);
  if (last?.type !== "thinking" || last.signature !== undefined) {
    last = { type: "thinking", thinking: "" };
    parts.push(last);
  }
  last.thinking += delta;
  if (signature !== undefined) last.signature = signature;
}
