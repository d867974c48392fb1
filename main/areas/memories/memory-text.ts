import { grouped } from "../../contract/in-words.ts";
import { MAX_MEMORY_CHARACTERS, MAX_MEMORY_TAGS, MAX_TAG_CHARACTERS } from "../../contract/limits.ts";

/** What is to be kept, as it will be; or why it can't be, in a sentence. */
export type FitText =
  | { readonly isFit: true; readonly content: string; readonly tags: readonly string[] }
  | { readonly isFit: false; readonly reason: "blank" | "unfit"; readonly words: string };

const unfit = (words: string): FitText => ({ isFit: false, reason: "unfit", words });

/** Signs that are no text: what a terminal obeys, what ends a text early. Tabs and line ends are text. */
const CONTROL = /[^\P{Cc}\n\t]/u;
/** Half a character. */
const HALF = /\p{Cs}/u;
const NOT_IN_TAGS = /[\p{C}\p{Zl}\p{Zp}]/u;

/**
 * Contract: takes time in proportion to the text. Nothing is cut or left out in silence but white space around it, and
 * tags that are there twice.
 */
export function fitText(content: string, tags: readonly string[]): FitText {
  if (content.length > MAX_MEMORY_CHARACTERS) {
    return unfit(
      `A memory has at most ${grouped(MAX_MEMORY_CHARACTERS)} characters; this one has ${grouped(content.length)}.`,
    );
  }
  if (HALF.test(content)) return unfit("The memory is not valid Unicode text.");
  const kept = content.replaceAll("\r\n", "\n").trim();
  if (kept === "") return { isFit: false, reason: "blank", words: "The memory is blank." };
  if (CONTROL.test(kept)) return unfit("The memory contains control characters.");
  const byName = new Map<string, string>();
  for (const tag of tags) {
    const name = tag.trim();
    if (name === "") continue;
    if (name.length > MAX_TAG_CHARACTERS) {
      return unfit(`A tag has at most ${MAX_TAG_CHARACTERS} characters.`);
    }
    if (NOT_IN_TAGS.test(name)) return unfit("A tag is one line of visible text.");
    const folded = name.toLowerCase();
    if (!byName.has(folded)) byName.set(folded, name);
  }
  if (byName.size > MAX_MEMORY_TAGS) return unfit(`A memory has at most ${MAX_MEMORY_TAGS} tags.`);
  return { isFit: true, content: kept, tags: [...byName.values()] };
}
