/**
 * An FTS5 query that finds rows with words beginning with each of the given ones. Everything a person may type is
 * taken as words, never as query syntax; null when nothing is left to look for.
 */
export function matchQuery(text: string): string | null {
  const words = text.split(/[^\p{L}\p{N}\p{M}]+/u).filter((word) => word !== "");
  return words.length === 0 ? null : words.map((word) => `"${word}"*`).join(" ");
}
