import { preview, visibleText } from "./visible-text.ts";

/**
 * A sentence of ours that names what others gave: commands, paths, names. Those stand between backticks, and a backtick
 * of theirs is escaped, so that nobody's text passes for our words, wherever the sentence is shown: as it is in menus
 * and notifications, in another type on a page.
 */
export type SentencePart = { readonly text: string; readonly isQuoted: boolean };

const MARK = "`";
const ESCAPED_MARK = "\\x60";

/** What is a name and nothing else needs no marks: it can't read as a sentence. */
const plainName = /^[A-Za-z0-9](?:[\w.@:+-]{0,62}\w)?$/;
const plainPlace = /^[\w~./@+-]+$/;

/** Somebody else's words within a sentence of ours, on one line and shortened to `max` characters. */
export function quoted(text: string, max = Infinity): string {
  return MARK + preview(text.slice(0, max + 1), max).replaceAll(MARK, ESCAPED_MARK) + MARK;
}

/** What an agent, a session or a key is called. */
export const quotedName = (name: string, max = 80): string =>
  plainName.test(name) && name.length <= max ? name : quoted(name, max);

/** A folder, as `shortPlace` gives it. */
export const quotedPlace = (place: string): string => (plainPlace.test(place) ? place : quoted(place));

/** Takes a sentence apart: what is quoted, and our words. */
export function sentenceParts(sentence: string): readonly SentencePart[] {
  const parts = sentence.split(MARK);
  // A mark without its partner is none of ours: nothing of it counts as our words.
  if (parts.length % 2 === 0) return [{ text: visibleText(sentence), isQuoted: true }];
  return parts.map((text, index) => ({ text, isQuoted: index % 2 === 1 })).filter(({ text }) => text !== "");
}
