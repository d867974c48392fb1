import { markLookAlikes } from "./look-alikes.ts";

/**
 * Characters that are not seen, or that change how others are seen: controls, format characters (bidi, zero-width,
 * tags), lone surrogates, private use, blanks that are not the plain one, fillers, variation selectors, and marks that
 * combine with any letter. Those that a script cannot be written without stay.
 */
const hidden = new RegExp(
  [
    String.raw`\p{Cc}|\p{Cf}|\p{Cs}|\p{Co}|\p{Zl}|\p{Zp}|\p{Noncharacter_Code_Point}|\p{Variation_Selector}`,
    String.raw`[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]`,
    String.raw`\p{Me}|(?=\p{M})(?!\p{scx=Arabic}|\p{scx=Syriac}|\p{scx=Devanagari}|\p{scx=Bengali})\p{sc=Inherited}`,
    String.raw`[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]`,
  ].join("|"),
  "gu",
);

const short: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

const known = new Map<string, string>();

/** `\n`, `\x1b`, `\u202e`, `\U000e0041`: what bash and zsh read in `$'…'`. */
function escaped(character: string): string {
  const before = short[character] ?? known.get(character);
  if (before !== undefined) return before;
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  const text =
    code < 0x80
      ? `\\x${digits.padStart(2, "0")}`
      : code > 0xffff
        ? `\\U${digits.padStart(8, "0")}`
        : `\\u${digits.padStart(4, "0")}`;
  if (known.size < 1_000) known.set(character, text);
  return text;
}

/**
 * Shows every character: nothing hides, reorders or breaks the line, and nothing passes for what it only looks like.
 * `keep` lists what may stay as it is.
 */
export function visibleText(text: string, keep = ""): string {
  const shown = text.replace(hidden, (character) =>
    keep.includes(character) ? character : escaped(character),
  );
  return markLookAlikes(shown, escaped);
}

/** Something in it shows only when it is escaped. */
export function hasHiddenCharacters(text: string): boolean {
  return text.search(hidden) >= 0 || visibleText(text) !== text;
}

/** One visible line of at most `max` characters, for lists, titles and notifications. */
export function preview(text: string, max: number): string {
  const start = text.length > max ? text.slice(0, max + 1) : text;
  const shown = visibleText(start);
  if (start.length === text.length && shown.length <= max) return shown;
  const cut = shown.slice(0, Math.max(0, max - 1));
  return `${cut.replace(/[\ud800-\udbff]$/, "")}…`;
}
