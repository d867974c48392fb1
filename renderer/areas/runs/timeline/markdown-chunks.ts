/**
 * Cuts growing Markdown into pieces that no later text can change, so that a page renders only the last one again.
 * Every piece but the last ends with the blank line before a new paragraph, heading or fence; lists stay whole.
 */
export function appendMarkdown(chunks: readonly string[], delta: string): readonly string[] {
  if (delta === "") return chunks;
  const closed = chunks.slice(0, -1);
  let open = (chunks.at(-1) ?? "") + delta;
  for (let cut = firstCut(open); cut !== null; cut = firstCut(open)) {
    closed.push(open.slice(0, cut));
    open = open.slice(cut);
  }
  return [...closed, open];
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
/** Could still belong to the list above, or could turn out to once more of the line is there. */
const CONTINUES = /^(\s|$|[-*+]($|\s)|\d{1,9}($|[.)]($|\s)))/;

function firstCut(text: string): number | null {
  let fence: string | null = null;
  let afterBlank = false;
  let seenText = false;
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(start, end);
    if (fence === null && afterBlank && seenText && !CONTINUES.test(line)) return start;
    const mark = FENCE.exec(line)?.[1];
    if (mark !== undefined) {
      if (fence === null) fence = mark;
      else if (mark.startsWith(fence) && line.trim() === mark) fence = null;
    }
    afterBlank = line.trim() === "";
    seenText ||= !afterBlank;
    if (newline === -1) return null;
    start = newline + 1;
  }
  return null;
}
