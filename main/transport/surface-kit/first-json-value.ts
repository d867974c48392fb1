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

/** Where the object or array that the text begins with is closed. */
function endOfFirstContainer(text: string): number | null {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (inString) {
      if (char === "\\") i += 1;
      else if (char === '"') inString = false;
      continue;
    }
    if (char === '"') inString = true;
    else if (char === "{" || char === "[") depth += 1;
    else if (char === "}" || char === "]") depth -= 1;
    if (depth < 0) return null;
    if (depth === 0 && (char === "}" || char === "]")) return i + 1;
    if (depth === 0 && char !== undefined && !/\s/.test(char)) return null;
  }
  return null;
}
