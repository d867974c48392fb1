import type { Term } from "./query.ts";

/** Calls `found` with each place where a term begins, in the order of the text. */
export function findTerms(
  words: readonly string[],
  terms: readonly Term[],
  found: (term: number, at: number) => void,
): void {
  words.forEach((_, at) => {
    terms.forEach((term, number) => {
      if (standsAt(words, at, term)) found(number, at);
    });
  });
}

function standsAt(words: readonly string[], at: number, { words: wanted, isPrefix }: Term): boolean {
  const last = wanted.length - 1;
  for (let offset = 0; offset <= last; offset += 1) {
    const word = words[at + offset];
    const asked = wanted[offset] ?? "";
    if (word === asked) continue;
    if (!(isPrefix && offset === last && word?.startsWith(asked) === true)) return false;
  }
  return true;
}

/** How often each term stands in a text, and whether all of them stand in it side by side, as they were asked for. */
export function countTerms(
  words: readonly string[],
  terms: readonly Term[],
): { readonly frequencies: readonly number[]; readonly isInOrder: boolean } {
  const frequencies = terms.map(() => 0);
  /** Where the term before ended, if all before it stand side by side there. */
  const ends = terms.map(() => -1);
  let isInOrder = false;
  findTerms(words, terms, (number, at) => {
    frequencies[number] = (frequencies[number] ?? 0) + 1;
    if (number > 0 && ends[number - 1] !== at) return;
    ends[number] = at + (terms[number]?.words.length ?? 0);
    if (number === terms.length - 1) isInOrder = true;
  });
  return { frequencies, isInOrder: isInOrder && terms.length > 1 };
}
