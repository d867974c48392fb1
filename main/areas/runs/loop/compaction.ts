import type { Message, Usage } from "../../sessions/contract.ts";
import { fileLedgerOf, ledgerMetadata } from "./file-ledger.ts";
import { countCharacters, wordsOf } from "./messages.ts";
import { handOver, recordOf } from "./snapshot-prompt.ts";

/** Above both of `messages` and `tokens`, all but the last `keepLast` messages are condensed. */
export interface CompactionLimits {
  readonly messages: number;
  readonly tokens: number;
  readonly keepLast: number;
}

const COMPACTION_LIMITS: CompactionLimits = { messages: 200, tokens: 8_000, keepLast: 8 };

export function needsCompaction(messages: readonly Message[], limits = COMPACTION_LIMITS): boolean {
  return messages.length > limits.messages && estimateTokens(messages, limits.tokens) > limits.tokens;
}

/** Three quarters of the words: coarse, but the same for every provider. Nothing is counted beyond `enough`. */
export function estimateTokens(messages: readonly Message[], enough = Number.POSITIVE_INFINITY): number {
  let words = 0;
  for (const message of messages) {
    for (const part of message.content) {
      words += countWords(wordsOf(part));
      if (words * 0.75 > enough) break;
    }
    if (words * 0.75 > enough) break;
  }
  return Math.ceil(words * 0.75);
}

/**
 * How many messages from the beginning may be condensed so that the last `keepLast` stay as they are, or fewer of
 * them if they have more than `mostCharacters`. 0 when there is nothing to gain. A tool result stays with its call.
 */
export function splitPoint(
  messages: readonly Message[],
  keepLast = COMPACTION_LIMITS.keepLast,
  mostCharacters = Number.POSITIVE_INFINITY,
): number {
  let split = messages.length;
  let characters = 0;
  while (split > 0 && messages.length - split < keepLast) {
    characters += countCharacters(messages.slice(split - 1, split));
    if (characters > mostCharacters && split < messages.length) break;
    split -= 1;
  }
  while (split > 0 && messages[split]?.role === "tool") split -= 1;
  return split === 1 && isSummary(messages[0]) ? 0 : split;
}

function isSummary(message: Message | undefined): boolean {
  return message?.metadata?.compaction === "summarizing";
}

/** Makes the message that stands for `replaced`; null when it would not be smaller. What `ask` throws comes through. */
export async function condense(
  replaced: readonly Message[],
  now: number,
  ask: (record: string) => Promise<{ readonly text: string; readonly usage: Usage | null }>,
): Promise<{ readonly summary: Message | null; readonly usage: Usage | null }> {
  const { text: notes, usage } = await ask(recordOf(replaced));
  if (notes.trim() === "") return { summary: null, usage };
  const origin = originOf(replaced);
  const ledger = fileLedgerOf(replaced);
  const summary: Message = {
    role: "assistant",
    content: [{ type: "text", text: handOver(notes, origin.count, ledger) }],
    createdAt: now,
    metadata: {
      compaction: "summarizing",
      original_message_count: origin.count,
      original_first_ts: origin.firstAt,
      original_last_ts: origin.lastAt,
      ...ledgerMetadata(ledger),
    },
  };
  return { summary: countCharacters([summary]) < countCharacters(replaced) ? summary : null, usage };
}

/** Counts what earlier summaries stood for rather than the summaries. */
function originOf(replaced: readonly Message[]): { count: number; firstAt: string; lastAt: string } {
  const [first] = replaced;
  const earlier = isSummary(first) ? first?.metadata : undefined;
  const count = earlier?.original_message_count;
  const firstAt = earlier?.original_first_ts;
  return {
    count: typeof count === "number" ? replaced.length - 1 + count : replaced.length,
    firstAt: typeof firstAt === "string" ? firstAt : isoTime(first?.createdAt),
    lastAt: isoTime(replaced.at(-1)?.createdAt),
  };
}

function isoTime(at: number | undefined): string {
  return new Date(at ?? 0).toISOString();
}

/** Without splitting: histories are long, and this runs before each prompt of a long session. */
function countWords(text: string): number {
  let words = 0;
  let isInside = false;
  for (let index = 0; index < text.length; index += 1) {
    const isSpace = text.charCodeAt(index) <= 32;
    if (!isSpace && !isInside) words += 1;
    isInside = !isSpace;
  }
  return words;
}
