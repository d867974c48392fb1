import type { Message, StopReason, Usage } from "../../sessions/contract.ts";
import type { ModelRequest } from "../model.ts";
import { abortable } from "./abortable.ts";
import { createDraft, receive, type Draft, type ReceivedCall } from "./draft.ts";
import type { LoopPorts } from "./ports.ts";
import { withRetries } from "./retry.ts";

export interface Reply {
  readonly message: Message;
  readonly calls: readonly ReceivedCall[];
}

/**
 * One model turn: streams the reply, retrying as needed, and tells of it up to but without `message_end`.
 * A reply cut off by cancellation is handed back with the text that came, marked `canceled` and without its calls;
 * with no text it throws.
 */
export async function takeModelTurn(request: ModelRequest, ports: LoopPorts): Promise<Reply> {
  const { signal } = request;
  let draft = createDraft();
  let createdAt = 0;
  const listener = {
    started() {
      createdAt = ports.clock.now();
      ports.emit({ type: "message_start", message: assistantMessage(request, ports, createdAt, []) });
    },
    text(delta: string) {
      ports.emit({ type: "text_delta", delta });
    },
  };
  const attempt = async () => {
    draft = createDraft();
    try {
      await abortable(receive(ports.model.stream(request), draft, listener, signal), signal);
    } catch (error) {
      if (!signal.aborted) draft = createDraft();
      throw error;
    }
  };

  try {
    await withRetries(ports, signal, attempt);
  } catch (error) {
    const said = draft.parts.filter((part) => part.type !== "tool_call");
    if (!signal.aborted || !said.some((part) => part.type === "text")) throw error;
    const message = assistantMessage(request, ports, createdAt, said, "canceled");
    return { message, calls: [] };
  }
  const { stopReason, usage } = endOf(draft);
  return {
    message: assistantMessage(request, ports, createdAt, draft.parts, stopReason, usage),
    calls: draft.calls,
  };
}

/** A model call outside the conversation, of which only the text matters. Nothing is told but the retries. */
export async function askModel(
  request: ModelRequest,
  ports: LoopPorts,
): Promise<{ readonly text: string; readonly usage: Usage | null }> {
  const silent = { started() {}, text() {} };
  return await withRetries(ports, request.signal, async () => {
    const draft = createDraft();
    await abortable(receive(ports.model.stream(request), draft, silent, request.signal), request.signal);
    const text = draft.parts.map((part) => (part.type === "text" ? part.text : "")).join("");
    return { text, usage: endOf(draft).usage };
  });
}

function endOf(draft: Draft): { readonly stopReason: StopReason; readonly usage: Usage | null } {
  if (draft.end === null) throw new Error("a model stream was read to its end without one");
  return draft.end;
}

function assistantMessage(
  request: ModelRequest,
  ports: LoopPorts,
  createdAt: number,
  content: Message["content"],
  stopReason?: StopReason,
  usage: Usage | null = null,
): Message {
  return {
    role: "assistant",
    content,
    provider: ports.model.provider,
    ...(request.model === "" ? {} : { model: request.model }),
    ...(stopReason === undefined ? {} : { stopReason }),
    ...(usage === null ? {} : { usage }),
    createdAt,
  };
}
