import { giveWay } from "./slices.ts";

const RUN = 2_048;

/** What `toSorted` makes of it, giving way in between. */
export async function sortedInTurns<T>(
  items: readonly T[],
  compare: (one: T, other: T) => number,
): Promise<T[]> {
  let runs: T[][] = [];
  for (let at = 0; at < items.length; at += RUN) {
    runs.push(items.slice(at, at + RUN).toSorted(compare));
    await giveWay();
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let at = 0; at < runs.length; at += 2) {
      merged.push(await merge(runs[at] ?? [], runs[at + 1] ?? [], compare));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

async function merge<T>(
  first: readonly T[],
  second: readonly T[],
  compare: (one: T, other: T) => number,
): Promise<T[]> {
  const merged: T[] = [];
  let [left, right] = [0, 0];
  while (left < first.length || right < second.length) {
    const isLeft =
      right >= second.length || (left < first.length && compare(first[left] as T, second[right] as T) <= 0);
    merged.push((isLeft ? first[left++] : second[right++]) as T);
    if (merged.length % RUN === 0) await giveWay();
  }
  return merged;
}
