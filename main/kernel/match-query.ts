/** Each costs a pass over the index; who types more looks for something that a few of them find. */
const MAX_WORDS = 12;
const MAX_QUERY = 1_000;

/**
 * An FTS5 query that finds rows with words beginning with each of the given ones. Everything a person may type is
 * taken as words, never as query syntax; null when nothing is left to look for.
 */
export function matchQuery(text: string): string | null {
  const all = new Set(text.slice(0, MAX_QUERY).split(/[^\p{L}\p{N}\p{M}]+/u));
  const words = [...all].filter((word) => word !== "").slice(0, MAX_WORDS);
  return words.length === 0 ? null : words.map((word) => `"${word}"*`).join(" ");
}
