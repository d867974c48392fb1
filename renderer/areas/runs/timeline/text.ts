import type { Message, Usage } from "../../../../main/areas/sessions/contract.ts";
import type { Block, TextBlock } from "./block.ts";
import { appendMarkdown } from "./markdown-chunks.ts";

/** What changes while one batch is folded; the arrays belong to that batch alone. */
export interface Draft {
  blocks: Block[];
  openTools: number[];
  usage: Usage | null;
  isEnded: boolean;
}

export function newText(key: number, at: number): TextBlock {
  return {
    kind: "text",
    key,
    at,
    chunks: [],
    thinking: "",
    model: null,
    state: "streaming",
    isCutShort: false,
  };
}

/** The text block that still grows: the last block, or one with only notes after it. */
export function streamingText(draft: Draft): { place: number; block: TextBlock } | null {
  for (let place = draft.blocks.length - 1; place >= 0; place--) {
    const block = draft.blocks[place];
    if (block?.kind === "text") return block.state === "streaming" ? { place, block } : null;
    if (block?.kind !== "note") return null;
  }
  return null;
}

export function appendText(draft: Draft, key: number, at: number, delta: string): void {
  const streaming = streamingText(draft);
  if (streaming === null) {
    draft.blocks.push({ ...newText(key, at), chunks: appendMarkdown([], delta) });
    return;
  }
  const { place, block } = streaming;
  draft.blocks[place] = { ...block, chunks: appendMarkdown(block.chunks, delta) };
}

export function abandonText(draft: Draft): void {
  const streaming = streamingText(draft);
  if (streaming !== null) draft.blocks[streaming.place] = { ...streaming.block, state: "abandoned" };
}

export function endMessage(draft: Draft, key: number, at: number, message: Message): void {
  if (message.role !== "assistant") return;
  if (message.usage !== undefined) draft.usage = addUsage(draft.usage, message.usage);
  let text = "";
  let thinking = "";
  for (const part of message.content) {
    if (part.type === "text") text += part.text;
    else if (part.type === "thinking") thinking += part.thinking;
  }
  const streaming = streamingText(draft);
  if (streaming === null && text === "" && thinking === "") return;
  const { place, block } = streaming ?? { place: draft.blocks.length, block: newText(key, at) };
  // What was streamed is the message, unless the provider sent it in one piece.
  const chunks = text === "" || block.chunks.join("") === text ? block.chunks : appendMarkdown([], text);
  draft.blocks[place] = {
    ...block,
    chunks,
    thinking,
    model: message.model ?? null,
    state: "ended",
    isCutShort: message.stopReason === "length",
  };
}

function addUsage(sum: Usage | null, usage: Usage): Usage {
  if (sum === null) return usage;
  const plus = (key: "cacheReadTokens" | "cacheWriteTokens") =>
    sum[key] === undefined && usage[key] === undefined ? {} : { [key]: (sum[key] ?? 0) + (usage[key] ?? 0) };
  return {
    inputTokens: sum.inputTokens + usage.inputTokens,
    outputTokens: sum.outputTokens + usage.outputTokens,
    totalTokens: sum.totalTokens + usage.totalTokens,
    ...plus("cacheReadTokens"),
    ...plus("cacheWriteTokens"),
  };
}
