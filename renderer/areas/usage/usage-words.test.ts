import { expect, test } from "vitest";
import { daysBetween, dollars, exactDollars, tokenWords, unpricedWords } from "./usage-words.ts";

const sum = {
  runs: 3,
  inputTokens: 1_200,
  outputTokens: 10,
  cacheReadTokens: 0,
  cacheWriteTokens: 5,
  cost: 0,
  unpricedRuns: 0,
};

test("amounts are as people read prices, and a little is not nothing", () => {
  expect([0, 0.004, 0.01, 1.5, 1234.567].map(dollars)).toEqual([
    "$0.00",
    "< $0.01",
    "$0.01",
    "$1.50",
    "$1,234.57",
  ]);
  expect(exactDollars(0.000123)).toBe("$0.000123");
});

test("what was not used is not spoken of", () => {
  expect(tokenWords(sum)).toBe("1,200 in · 10 out · 5 written to cache");
});

test("what the sum leaves out is said", () => {
  expect(unpricedWords(sum)).toBeNull();
  expect(unpricedWords({ ...sum, unpricedRuns: 1 })).toBe("Without 1 run whose model has no known price.");
  expect(unpricedWords({ ...sum, unpricedRuns: 3 })).toBe("No price is known for these runs.");
});

test("every day has its place, over the end of a month and of summer time", () => {
  expect(daysBetween("2026-10-24", "2026-10-27")).toEqual([
    "2026-10-24",
    "2026-10-25",
    "2026-10-26",
    "2026-10-27",
  ]);
  expect(daysBetween("2026-02-27", "2026-03-01")).toHaveLength(3);
});
