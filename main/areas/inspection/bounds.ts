import { grouped } from "../../contract/in-words.ts";

/**
 * So much a card shows, and no more: what is longer is read by nobody, and held by no page. It can't be allowed then,
 * and its card says so.
 */
export const MAX_SHOWN_CHARACTERS = 4 * 1024 * 1024;
export const MAX_SHOWN_LINES = 100_000;
/** What is too long is shown up to here. */
export const MAX_BEGINNING = 200_000;

export interface ShownText {
  readonly text: string;
  /** Why not all of it is there, for the person. */
  readonly unshown?: string;
}

export function tooLongWords(size: {
  readonly characters: number;
  readonly lines: number;
}): string | undefined {
  const { characters, lines } = size;
  if (characters <= MAX_SHOWN_CHARACTERS && lines <= MAX_SHOWN_LINES) return undefined;
  return (
    `This is too long to be shown whole: ${grouped(lines)} lines, ${grouped(characters)} characters. ` +
    "What nobody can read can't be allowed."
  );
}

/** A text of which every character can be seen already. */
export function withinBounds(text: string): ShownText {
  const unshown = tooLongWords({ characters: text.length, lines: countLines(text) });
  return unshown === undefined ? { text } : { text: `${text.slice(0, MAX_BEGINNING)}…`, unshown };
}

export function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}
