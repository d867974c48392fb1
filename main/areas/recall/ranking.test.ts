import { describe, expect, test } from "vitest";
import { ndcg, scoreOf, weightOf, type Found } from "./ranking.ts";
import { labelledMessages, labelledQuestions } from "./testing/labelled.ts";
import { meanQuality, rankingQuality } from "./testing/ranking-quality.ts";

const DAY_MS = 24 * 3_600_000;
const among = { count: 1_000, averageLength: 20, now: 100 * DAY_MS };
const found = (more: Partial<Found> = {}): Found => ({
  frequencies: [1, 1],
  isInOrder: false,
  length: 20,
  at: 0,
  role: "assistant",
  isPinned: false,
  ...more,
});
const score = (more: Partial<Found>, weights = [2, 2]) => scoreOf(found(more), weights, among);

describe("better is", () => {
  test.each<[string, Partial<Found>, Partial<Found>]>([
    ["what says a word more often", { frequencies: [2, 1] }, {}],
    ["what says both words", { frequencies: [1, 1] }, { frequencies: [3, 0] }],
    ["what is shorter", { length: 8 }, { length: 80 }],
    ["what is newer", { at: 99 * DAY_MS }, { at: 50 * DAY_MS }],
    ["what says it in these words", { isInOrder: true }, {}],
    ["what is pinned", { isPinned: true }, {}],
    ["what was kept on purpose", { role: "memory" }, {}],
    ["what a person said", { role: "user" }, { role: "tool" }],
  ])("%s", (_, better, worse) => {
    expect(score(better)).toBeGreaterThan(score(worse));
  });

  test("the rarer word", () => {
    const weights = [weightOf(1, 1_000), weightOf(900, 1_000)];
    expect(score({ frequencies: [1, 0] }, weights)).toBeGreaterThan(score({ frequencies: [0, 1] }, weights));
    expect(weightOf(1_000, 1_000)).toBeGreaterThan(0);
    expect(weightOf(2_000, 1_000)).toBeGreaterThan(0);
  });

  test("nothing, when newness is all there is", () => {
    expect(score({ frequencies: [0, 0], at: among.now })).toBe(0);
    expect(score({ at: among.now + 5 * DAY_MS })).toBe(score({ at: among.now }));
  });
});

test("the gain of an order is 1 for the best, less for each that stands too low, and 0 without any of use", () => {
  expect(ndcg([3, 2, 0], [2, 3])).toBe(1);
  expect(ndcg([2, 3], [2, 3])).toBeCloseTo((3 + 7 / Math.log2(3)) / (7 + 3 / Math.log2(3)), 10);
  expect(ndcg([0, 0, 3], [3])).toBeCloseTo(1 / 2, 10);
  expect(ndcg([0, 0], [3])).toBe(0);
  expect(ndcg([], [])).toBe(1);
  expect(ndcg([0, 3], [3], 1)).toBe(0);
});

test("the labelled set is whole: every answer is among the messages", () => {
  const ids = new Set(labelledMessages.map(({ id }) => id));
  expect(ids.size).toBe(labelledMessages.length);
  expect(labelledMessages.length).toBeGreaterThan(200);
  expect(labelledQuestions.length).toBeGreaterThanOrEqual(40);
  expect(labelledQuestions.flatMap(({ grades }) => Object.keys(grades).filter((id) => !ids.has(id)))).toEqual(
    [],
  );
});

test("questions of the labelled set are answered well", () => {
  const all = rankingQuality();
  const poor = all
    .filter(({ quality }) => quality < 0.35)
    .map(({ query, found }) => `${query}: ${found.join(", ")}`);
  expect(poor).toEqual([]);
  expect(meanQuality(all)).toBeGreaterThan(0.92);
});
