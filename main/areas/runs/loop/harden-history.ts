import type { ContentPart, Message } from "../../sessions/contract.ts";
import { claimCallId } from "./call-ids.ts";

/** Who will read the history: thinking of any other model means nothing to it, or is refused. */
export interface Reader {
  readonly provider: string;
  readonly model: string;
}

interface OpenCall {
  readonly sentId: string;
  readonly id: string;
  readonly name: string;
  answered: boolean;
}

const NO_RESULT = "There is no result for this call: the run ended before it was recorded.";

/**
 * Repairs what crashes, cancellations and changes of model leave behind, so that no provider refuses the history:
 * each call has exactly one result right behind it, ids are plain and unique, nobody else's thoughts, no empty turns.
 */
export function hardenHistory(messages: readonly Message[], reader: Reader): Message[] {
  const hardened: Message[] = [];
  const usedIds = new Set<string>();
  let openCalls: OpenCall[] = [];
  let openedAt = 0;

  const closeCalls = () => {
    for (const call of openCalls) if (!call.answered) hardened.push(missingResult(call, openedAt));
    openCalls = [];
  };

  for (const message of messages) {
    if (message.role === "tool") {
      const call = openCalls.find((open) => !open.answered && open.sentId === message.toolCallId);
      if (call === undefined) continue;
      call.answered = true;
      hardened.push(call.id === message.toolCallId ? message : { ...message, toolCallId: call.id });
      continue;
    }
    closeCalls();
    if (message.role === "user") {
      hardened.push(message);
      continue;
    }
    const content = usableContent(message, reader);
    if (!content.some((part) => part.type !== "thinking")) continue;
    openedAt = message.createdAt;
    hardened.push(withPlainIds(message, content, usedIds, openCalls));
  }
  closeCalls();
  return hardened;
}

export function callIdsOf(messages: readonly Message[]): Set<string> {
  const ids = new Set<string>();
  for (const message of messages) {
    for (const part of message.content) if (part.type === "tool_call") ids.add(part.toolCall.id);
  }
  return ids;
}

function usableContent(message: Message, reader: Reader): ContentPart[] {
  const isOwn = message.provider === reader.provider && (message.model ?? "") === reader.model;
  const isUsable = (part: ContentPart) =>
    part.type === "thinking" ? isOwn : part.type === "tool_call" || part.text.trim() !== "";
  return message.content.every(isUsable) ? message.content : message.content.filter(isUsable);
}

function withPlainIds(
  message: Message,
  content: ContentPart[],
  usedIds: Set<string>,
  openCalls: OpenCall[],
): Message {
  let isChanged = content !== message.content;
  const plain = content.map((part): ContentPart => {
    if (part.type !== "tool_call") return part;
    const { id: sentId, name } = part.toolCall;
    const id = claimCallId(sentId, usedIds);
    openCalls.push({ sentId, id, name, answered: false });
    if (id === sentId) return part;
    isChanged = true;
    return { type: "tool_call", toolCall: { ...part.toolCall, id } };
  });
  return isChanged ? { ...message, content: plain } : message;
}

function missingResult(call: OpenCall, createdAt: number): Message {
  return {
    role: "tool",
    content: [{ type: "text", text: NO_RESULT }],
    toolCallId: call.id,
    toolName: call.name,
    isError: true,
    createdAt,
    metadata: { synthetic: true },
  };
}
