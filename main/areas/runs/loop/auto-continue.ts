export const MAX_AUTO_CONTINUES = 2;

export const CONTINUE_PROMPT =
  "Go on and do what you just announced, with the tools you have. If there is nothing left to do, say so.";

const ANNOUNCEMENT =
  /\b(?:I will|I'll|let me(?! know\b)|I am going to|I'm going to|next,? I'll|now,? I'll|proceeding to|about to)\b/i;

/** Longer than any sentence that announces something. */
const EXAMINED_CHARACTERS = 2_000;

/** Whether the text ends by saying what comes next instead of doing it. A question waits for the person. */
export function announcesAction(text: string): boolean {
  const sentences = text
    .slice(-EXAMINED_CHARACTERS)
    .replaceAll("\u2019", "'")
    .trim()
    .split(/(?<=[.!?])\s+|\n+/);
  const last = sentences.at(-1) ?? "";
  return !last.includes("?") && ANNOUNCEMENT.test(last);
}
