import type { ContentPart, Session, StoredMessage } from "../contract.ts";

const at = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");

/** Within a line of ours: a title with a line break would begin another line. */
const oneLine = (text: string) => text.replaceAll(/\s+/g, " ").trim();

/** Fenced so that nothing of the text ends the fence. */
function fenced(text: string, kind = ""): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${kind}\n${text}\n${fence}`;
}

/** A heading of the text must not pass for one of ours. */
const demoted = (text: string) => text.replaceAll(/^(#{1,6})(?=\s)/gm, (marks) => `\\${marks}`);

const quoted = (text: string) => text.replaceAll(/^/gm, "> ");

function partInWords(part: ContentPart): string {
  switch (part.type) {
    case "text":
      return demoted(part.text);
    case "thinking":
      return quoted(demoted(part.thinking));
    case "tool_call":
      return `**Calls ${oneLine(part.toolCall.name)}**\n\n${fenced(JSON.stringify(part.toolCall.arguments, null, 2) ?? "", "json")}`;
  }
}

const textOf = (content: readonly ContentPart[]) =>
  content.map((part) => (part.type === "text" ? part.text : "")).join("");

function heading({ role, model, provider, isError, toolName, metadata }: StoredMessage): string {
  if (role === "tool") return `### ${isError === true ? "Failed" : "Result"}: ${oneLine(toolName ?? "tool")}`;
  if (metadata !== undefined && "guardrail" in metadata) return "## Added by a guardrail";
  if (role === "user") return "## Prompt";
  return `## Answer: ${oneLine(model ?? provider ?? "model")}`;
}

export function messageInWords(message: StoredMessage): string {
  const body =
    message.role === "tool" ? fenced(textOf(message.content)) : message.content.map(partInWords).join("\n\n");
  return `${heading(message)}\n\n*${message.index}, ${at(message.createdAt)}*\n\n${body}\n\n`;
}

export function titleInWords({ id, title, clientId, createdAt, tags, messageCount }: Session): string {
  const facts = [
    `Session \`${oneLine(id).replaceAll("`", "'")}\``,
    `${messageCount} messages`,
    `begun ${at(createdAt)}`,
    ...(clientId === "" ? [] : [`from ${oneLine(clientId)}`]),
    ...(tags.length === 0 ? [] : [`tagged ${tags.map(oneLine).join(", ")}`]),
  ];
  return `# ${oneLine(title) || "Session"}\n\n${facts.join(" · ")}\n\n`;
}

export const summaryInWords = (from: number, summary: string) =>
  `---\n\n*From message ${from} on the model saw these as they are, and in place of what is before:*\n\n${quoted(demoted(summary))}\n\n---\n\n`;
