import { expect, test } from "vitest";
import { endWords } from "./end-words.ts";

const DAY_MS = 86_400_000;

test.each([
  [90 * DAY_MS, "ends in 90 days"],
  // Made a moment ago, seen by a clock that ticks now and then.
  [90 * DAY_MS + 15_000, "ends in 90 days"],
  [89.5 * DAY_MS, "ends in 90 days"],
  [2 * DAY_MS, "ends in 2 days"],
  [DAY_MS, "ends within a day"],
  [1000, "ends within a day"],
])("%d ms before its end a key %s", (left, words) => {
  expect(endWords(1_000_000 + left, 1_000_000)).toBe(words);
});
