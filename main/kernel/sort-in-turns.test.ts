import { expect, test } from "vitest";
import { sortedInTurns } from "./sort-in-turns.ts";

const byKey = (one: { key: number }, other: { key: number }) => one.key - other.key;

test.each([0, 1, 2, 2_048, 2_049, 4_096, 10_000, 60_001])(
  "%i items are in the order that sorting at once gives, equal ones too",
  async (count) => {
    const items = Array.from({ length: count }, (_, at) => ({ key: (at * 7_919) % 997, at }));
    expect(await sortedInTurns(items, byKey)).toEqual(items.toSorted(byKey));
  },
);
