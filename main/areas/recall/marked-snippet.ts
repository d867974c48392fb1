import type { RecallHit } from "./contract.ts";

/** How long a snippet is where its hits are marked in the text itself (Glue contract 5.5). */
export const MARKED_WORDS = 16;

/** One text, with `<<` and `>>` around what was found and `...` where more stands. */
export function markedSnippet({
  snippet,
  isCutBefore,
  isCutAfter,
}: Pick<RecallHit, "snippet" | "isCutBefore" | "isCutAfter">): string {
  const text = snippet.map((part) => (part.isHit ? `<<${part.text}>>` : part.text)).join("");
  return `${isCutBefore ? "..." : ""}${text}${isCutAfter ? "..." : ""}`;
}
