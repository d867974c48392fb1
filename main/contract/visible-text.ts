import { factsOf, HIDDEN } from "./character-facts.ts";
import { markLookAlikes } from "./look-alikes.ts";
import { rewriteWhere } from "./rewrite-where.ts";

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

/** By what may stay as it is: texts that consist of that and of what can be seen of ASCII, as nearly all do. */
const plain: Readonly<Record<string, RegExp>> = {
  "": /^[ -~]*$/,
  "\n": /^[ -~\n]*$/,
  "\t": /^[ -~\t]*$/,
  "\n\t": /^[ -~\n\t]*$/,
};

/**
 * Shows every character: nothing hides, reorders or breaks the line, and nothing passes for what it only looks like.
 * `keep` lists what may stay as it is.
 *
 * Contract: takes time in proportion to the text.
 */
export function visibleText(text: string, keep = ""): string {
  if (plain[keep]?.test(text) === true) return text;
  const kept = new Set(Array.from(keep, (character) => character.codePointAt(0)));
  const isHidden = (code: number) => (factsOf(code) & HIDDEN) !== 0 && !kept.has(code);
  return markLookAlikes(rewriteWhere(text, isHidden, escaped), escaped);
}

/** Something in it shows only when it is escaped. */
export const hasHiddenCharacters = (text: string): boolean => visibleText(text) !== text;

/** One visible line of at most `max` characters, for lists, titles and notifications. */
export function preview(text: string, max: number): string {
  const start = text.length > max ? text.slice(0, max + 1) : text;
  const shown = visibleText(start);
  if (start.length === text.length && shown.length <= max) return shown;
  const cut = shown.slice(0, Math.max(0, max - 1));
  return `${cut.replace(/[\ud800-\udbff]$/, "")}…`;
}
