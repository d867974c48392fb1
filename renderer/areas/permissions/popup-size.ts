import type { Presentation } from "../../../main/areas/inspection/contract.ts";
import type { PopupSize } from "../../../main/desktop/contract.ts";

/** What a low popup can show without scrolling. */
const mostLowLines = 9;
/** What is left of that below the line that runs a script, and the words about it. */
const mostLowScript = 3;
const charactersPerLine = 62;

const wrapped = (length: number) => Math.max(1, Math.ceil(length / charactersPerLine));

/** No further than matters: a body may be a megabyte. */
function isLongerThan(most: number, text: string): boolean {
  let lines = 0;
  for (let from = 0; from <= text.length && lines <= most;) {
    const end = text.indexOf("\n", from);
    const to = end === -1 ? text.length : end;
    lines += wrapped(to - from);
    from = to + 1;
  }
  return lines > most;
}

/** How much room what is asked needs. There are two sizes only, so that the buttons stand still from card to card. */
export function popupSize(body: Presentation["body"]): PopupSize {
  if (body.kind === "command" && body.inline !== undefined) {
    const { line, script, input } = body.inline;
    const isShort = input === "" && !isLongerThan(1, line) && !isLongerThan(mostLowScript, script);
    return isShort ? "low" : "tall";
  }
  if (body.kind !== "diff") return isLongerThan(mostLowLines, body.text) ? "tall" : "low";
  const { hunks, note, path } = body.diff;
  const lines = hunks.map(({ text }) => text);
  // The path above the lines takes the place of two, or more if it is long.
  const above = 1 + wrapped(path.length) + (note === null ? 0 : 2);
  return isLongerThan(mostLowLines - above, lines.join("\n")) ? "tall" : "low";
}
