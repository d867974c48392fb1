/*
 * How people read numbers and lists. The language's own formatters (`Intl`, `toLocaleString`) read tables of all the
 * world's languages into memory with their first use, 5 MB for a comma.
 */

/** 12345 as "12,345". */
export const grouped = (count: number): string => String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");

/** "a", "a and b", "a, b and c". */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
