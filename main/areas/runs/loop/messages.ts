import type { ContentPart, Message, Usage } from "../../sessions/contract.ts";

export function textOf(message: Message): string {
  let text = "";
  for (const part of message.content) if (part.type === "text") text += part.text;
  return text;
}

export function userMessage(text: string, createdAt: number, metadata?: Record<string, unknown>): Message {
  const message: Message = { role: "user", content: [{ type: "text", text }], createdAt };
  return metadata === undefined ? message : { ...message, metadata };
}

/** Everything in a part that a model would read. */
export function wordsOf(part: ContentPart): string {
  switch (part.type) {
    case "text":
      return part.text;
    case "thinking":
      return part.thinking;
    case "tool_call":
      return `${part.toolCall.name} ${JSON.stringify(part.toolCall.arguments) ?? ""}`;
  }
}

export function countCharacters(messages: readonly Message[]): number {
  let count = 0;
  for (const message of messages) for (const part of message.content) count += wordsOf(part).length;
  return count;
}

export function addUsage(total: Usage | null, usage: Usage | null): Usage | null {
  if (total === null || usage === null) return usage ?? total;
  const sum = (key: "cacheReadTokens" | "cacheWriteTokens") =>
    total[key] === undefined && usage[key] === undefined
      ? {}
      : { [key]: (total[key] ?? 0) + (usage[key] ?? 0) };
  return {
    inputTokens: total.inputTokens + usage.inputTokens,
    outputTokens: total.outputTokens + usage.outputTokens,
    ...sum("cacheReadTokens"),
    ...sum("cacheWriteTokens"),
    totalTokens: total.totalTokens + usage.totalTokens,
  };
}
