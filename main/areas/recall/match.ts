import type { Query, Term } from "./query.ts";

export interface Beginnings {
  /** In how many texts words stand that begin so. */
  beginningWith(word: string): { readonly docs: number };
  usualBeginnings(word: string, count: number): readonly string[];
}

/** FTS5 puts all texts of a beginning together before it gives the first: up to so many that is quick. */
const MAX_DOCS = 60_000;
/** Of a beginning of more, the usual words stand for all. */
const USUAL_WORDS = 24;
const USUAL_WORDS_IN_PHRASE = 6;

/**
 * The question in the language of FTS5, of nothing but our own words, quotes and operators; null where no text can match.
 */
export function matchOf(query: Query, beginnings: Beginnings): string | null {
  switch (query.kind) {
    case "term":
      return termOf(query, beginnings);
    case "without": {
      const wanted = matchOf(query.wanted, beginnings);
      const unwanted = matchOf(query.unwanted, beginnings);
      return wanted === null || unwanted === null ? wanted : `(${wanted} NOT ${unwanted})`;
    }
    case "all":
    case "any": {
      const parts = query.parts.map((part) => matchOf(part, beginnings));
      const known = parts.filter((part) => part !== null);
      if (known.length === 0 || (query.kind === "all" && known.length < parts.length)) return null;
      return `(${known.join(query.kind === "all" ? " AND " : " OR ")})`;
    }
  }
}

const phrase = (words: readonly string[]) => `"${words.join(" ")}"`;

function termOf({ words, isPrefix }: Term, beginnings: Beginnings): string | null {
  const last = words.at(-1);
  if (!isPrefix || last === undefined) return phrase(words);
  const { docs } = beginnings.beginningWith(last);
  if (docs === 0) return null;
  if (docs <= MAX_DOCS) return `${phrase(words)} *`;
  const usual = beginnings.usualBeginnings(last, words.length > 1 ? USUAL_WORDS_IN_PHRASE : USUAL_WORDS);
  return `(${usual.map((word) => phrase([...words.slice(0, -1), word])).join(" OR ")})`;
}

/** The column of the texts, and in the other one a word of each filter. */
export function filteredMatch(match: string, filters: readonly (readonly string[])[]): string {
  const about = filters.map((words) => ` AND about : (${words.map((word) => phrase([word])).join(" OR ")})`);
  return `words : ${match.startsWith("(") ? match : `(${match})`}${about.join("")}`;
}
