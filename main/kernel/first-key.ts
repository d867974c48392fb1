/**
 * The first key of a table from which on `isReached` holds, by halving: a row must not be before one that it follows.
 *
 * `rowAt` answers the row at this key or the next one after it. Returns `last + 1` when no row has reached it.
 */
export function firstKeyWhere<Row extends { readonly key: number }>(
  rowAt: (key: number) => Row | undefined,
  last: number,
  isReached: (row: Row) => boolean,
): number {
  let from = 1;
  let to = last + 1;
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const row = rowAt(middle);
    if (row === undefined || isReached(row)) to = middle;
    else from = row.key + 1;
  }
  return from;
}
