import type { Message } from "../sessions/contract.ts";
import type { RunEvent } from "./contract.ts";

/** A tool's result as the session keeps it and the model reads it. */
export function toolMessage({
  call,
  result,
  createdAt,
}: Pick<Extract<RunEvent, { type: "tool_end" }>, "call" | "result" | "createdAt">): Message {
  return {
    role: "tool",
    content: [{ type: "text", text: result.content }],
    toolCallId: call.id,
    toolName: call.name,
    ...(result.isError ? { isError: true } : {}),
    createdAt,
    ...(result.metadata === undefined ? {} : { metadata: result.metadata }),
  };
}
