import type { Message } from "../../areas/sessions/contract.ts";

/** All text of a message in one piece. */
export function textOf(message: Message): string {
  let text = "";
  for (const part of message.content) if (part.type === "text") text += part.text;
  return text;
}
