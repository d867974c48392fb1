import type { Presentation } from "../../../main/areas/inspection/contract.ts";

export const narrowest = 420;
const widest = 640;
const charWidth = 7.3;
const frame = 72;
const gutter = 36;

function longestLine(body: Presentation["body"]): number {
  if (body.kind !== "diff") {
    let longest = 0;
    for (let from = 0; from <= body.text.length;) {
      const end = body.text.indexOf("\n", from);
      const to = end === -1 ? body.text.length : end;
      longest = Math.max(longest, to - from);
      from = to + 1;
    }
    return longest;
  }
  return Math.max(
    0,
    ...body.diff.hunks.map(({ lines }) => lines.reduce((most, { text }) => Math.max(most, text.length), 0)),
  );
}

/** As wide as the longest line likes, within bounds: lines that do not wrap are read faster. */
export function popupWidth(body: Presentation["body"]): number {
  const gutterWidth = body.kind === "diff" || body.text.includes("\n") ? gutter : 0;
  const wanted = Math.ceil(longestLine(body) * charWidth) + frame + gutterWidth;
  return Math.min(widest, Math.max(narrowest, wanted));
}
