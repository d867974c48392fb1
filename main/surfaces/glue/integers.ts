import { endOfString } from "../../transport/surface-kit/first-json-value.ts";

const LITERAL = /[^\s,\]}]*/y;

/**
 * Whether the value of this name that counts, the last one, is written with digits alone. Go's decoder refuses `2.0`
 * and `2e0` for an integer; to JavaScript they are a 2.
 *
 * @param text begins with a JSON object that has been parsed
 */
export function isWrittenAsInteger(text: string, name: string): boolean {
  let depth = 0;
  let isWhole = true;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === "{" || char === "[") depth += 1;
    else if (char === "}" || char === "]") depth -= 1;
    if (depth === 0 && char === "}") break;
    if (char !== '"') continue;
    const end = endOfString(text, at);
    const colon = depth === 1 ? valueAfter(text, end + 1) : null;
    if (colon !== null && JSON.parse(text.slice(at, end + 1)) === name) {
      LITERAL.lastIndex = colon;
      isWhole = /^-?\d+$/.test(LITERAL.exec(text)?.[0] ?? "");
    }
    at = end;
  }
  return isWhole;
}

/** Where the value begins if what stands here is the colon behind a name. */
function valueAfter(text: string, start: number): number | null {
  let at = start;
  const skipBlanks = () => {
    while (" \n\r\t".includes(text[at] ?? "x")) at += 1;
  };
  skipBlanks();
  if (text[at] !== ":") return null;
  at += 1;
  skipBlanks();
  return at;
}
