/**
 * The first JSON value of a text; what follows it is ignored, as Go's decoder does.
 *
 * Contract: throws SyntaxError when there is none.
 */
export function firstJsonValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const end = /^\s*null/.exec(text)?.[0].length ?? endOfFirstContainer(text);
    if (end === null) throw error;
    return JSON.parse(text.slice(0, end));
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Where the object or array that the text begins with is closed. */
function endOfFirstContainer(text: string): number | null {
  const start = text.search(/\S/);
  let depth = 0;
  for (let at = start; at >= 0 && at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth += 1;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth -= 1;
    if (depth <= 0) return depth === 0 && at > start ? at + 1 : null;
  }
  return null;
}

/** Where the quote is that ends the string which begins here. */
export function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let before = quote - 1;
    while (text.charCodeAt(before) === BACKSLASH) before -= 1;
    const isEscaped = (quote - before) % 2 === 0;
    if (!isEscaped) return quote;
  }
  return text.length;
}
