/**
 * Controls and the characters that reorder or hide others. What ordinary text needs stays: line breaks, tabs, the
 * joiners and selectors inside emoji.
 */
const TREACHEROUS =
  /(?![\n\t])[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** Text of an agent as a terminal may print it: it can't move the cursor, recolour, or show something else than it is. */
export function visible(text: string): string {
  return text.replaceAll("\r\n", "\n").replaceAll(TREACHEROUS, escaped);
}

/** The same on one line. */
export function visibleLine(text: string): string {
  return visible(text).replaceAll("\n", "\\n").replaceAll("\t", "\\t");
}

/** JSON for scripts and for people who look at it in a terminal: only escapes are added, the value is the same. */
export function visibleJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replaceAll(TREACHEROUS, (character) =>
    character
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  if (code < 0x80) return `\\x${digits.padStart(2, "0")}`;
  return code > 0xffff ? `\\U${digits.padStart(8, "0")}` : `\\u${digits.padStart(4, "0")}`;
}
