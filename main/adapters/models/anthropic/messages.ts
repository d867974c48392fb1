import type {
  ContentBlockParam,
  MessageCreateParamsStreaming,
  MessageParam,
  TextBlockParam,
  Tool,
} from "@anthropic-ai/sdk/resources/messages";
import type { ModelRequest } from "../../../areas/runs/model.ts";
import type { Message } from "../../../areas/sessions/contract.ts";
import { textOf } from "../message-text.ts";
import { argumentsObject } from "../tool-arguments.ts";

/** The interface demands a limit; callers may set another one among the options. */
const MAX_TOKENS = 16_000;
const CACHED = { type: "ephemeral" } as const;

/** The system prompt (with the tools before it) and the conversation so far are marked for the prompt cache. */
export function toMessagesBody(request: ModelRequest, model: string): MessageCreateParamsStreaming {
  const system: TextBlockParam[] =
    request.system === "" ? [] : [{ type: "text", text: request.system, cache_control: CACHED }];
  const tools = request.tools.map(toTool);
  return {
    max_tokens: MAX_TOKENS,
    ...request.options,
    model,
    messages: withCacheMark(toMessageParams(request.messages)),
    ...(system.length > 0 ? { system } : {}),
    ...(tools.length > 0 ? { tools } : {}),
    stream: true,
  };
}

interface Turn {
  readonly role: "user" | "assistant";
  readonly content: ContentBlockParam[];
}

/** Turns alternate and a person begins: neighbours of one role become one message. */
export function toMessageParams(messages: readonly Message[]): MessageParam[] {
  const turns: Turn[] = [];
  for (const message of messages) {
    const role = message.role === "assistant" ? "assistant" : "user";
    const content = contentOf(message);
    const last = turns.at(-1);
    if (content.length === 0) continue;
    if (last?.role === role) last.content.push(...content);
    else turns.push({ role, content });
  }
  if (turns[0]?.role === "assistant") {
    turns.unshift({ role: "user", content: [{ type: "text", text: "(The conversation so far.)" }] });
  }
  return turns;
}

function contentOf(message: Message): ContentBlockParam[] {
  if (message.role === "tool") {
    const text = textOf(message);
    return [
      {
        type: "tool_result",
        tool_use_id: message.toolCallId ?? "",
        ...(text === "" ? {} : { content: text }),
        ...(message.isError === true ? { is_error: true } : {}),
      },
    ];
  }
  return message.content.flatMap((part): ContentBlockParam[] => {
    if (part.type === "text") return part.text.trim() === "" ? [] : [{ type: "text", text: part.text }];
    if (message.role === "user") return [];
    if (part.type === "tool_call") {
      const { id, name } = part.toolCall;
      return [{ type: "tool_use", id, name, input: argumentsObject(part.toolCall.arguments) }];
    }
    // Thoughts without a signature come from another provider and would be refused.
    return part.signature === undefined
      ? []
      : [{ type: "thinking", thinking: part.thinking, signature: part.signature }];
  });
}

function withCacheMark(messages: MessageParam[]): MessageParam[] {
  const content = messages.at(-1)?.content;
  const block = Array.isArray(content) ? content.at(-1) : undefined;
  if (block?.type === "text" || block?.type === "tool_result") block.cache_control = CACHED;
  return messages;
}

function toTool(tool: ModelRequest["tools"][number]): Tool {
  return {
    name: tool.name,
    description: tool.description,
    input_schema: { ...tool.parameters, type: "object" },
  };
}
