import type {
  ChatCompletionCreateParamsStreaming,
  ChatCompletionFunctionTool,
  ChatCompletionMessageParam,
} from "openai/resources/chat/completions";
import type { ModelRequest } from "../../../areas/runs/model.ts";
import type { Message } from "../../../areas/sessions/contract.ts";
import { giveWay } from "../../../kernel/slices.ts";
import { textOf } from "../message-text.ts";
import { argumentsObject } from "../tool-arguments.ts";

/** Options of the caller may add to the body and change what it does not decide: messages, tools, streaming. */
export async function toCompletionBody(
  request: ModelRequest,
  model: string,
): Promise<ChatCompletionCreateParamsStreaming> {
  const messages: ChatCompletionMessageParam[] = [];
  for (const message of toChatMessages(request.system, request.messages)) {
    messages.push(message);
    // Past arguments are JSON within JSON, and there may be megabytes of them.
    await giveWay();
  }
  const tools = request.tools.map(toFunctionTool);
  return {
    stream_options: { include_usage: true },
    ...request.options,
    model,
    messages,
    ...(tools.length > 0 ? { tools } : {}),
    stream: true,
  };
}

export function* toChatMessages(
  system: string,
  messages: readonly Message[],
): Generator<ChatCompletionMessageParam> {
  if (system !== "") yield { role: "system", content: system };
  for (const message of messages) {
    if (message.role === "user") yield { role: "user", content: textOf(message) };
    else if (message.role === "tool") {
      yield { role: "tool", tool_call_id: message.toolCallId ?? "", content: textOf(message) };
    } else {
      const assistant = toAssistantMessage(message);
      if (assistant !== null) yield assistant;
    }
  }
}

/** Null for a turn with nothing to show but thoughts, which this interface does not take back. */
function toAssistantMessage(message: Message): ChatCompletionMessageParam | null {
  const text = textOf(message);
  const calls = message.content.flatMap((part) => (part.type === "tool_call" ? [part.toolCall] : []));
  if (calls.length === 0) return text === "" ? null : { role: "assistant", content: text };
  return {
    role: "assistant",
    content: text === "" ? null : text,
    tool_calls: calls.map((call) => ({
      id: call.id,
      type: "function" as const,
      function: { name: call.name, arguments: JSON.stringify(argumentsObject(call.arguments)) },
    })),
  };
}

function toFunctionTool(tool: ModelRequest["tools"][number]): ChatCompletionFunctionTool {
  return {
    type: "function",
    function: { name: tool.name, description: tool.description, parameters: tool.parameters },
  };
}
