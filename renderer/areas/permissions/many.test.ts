import { expect, test } from "vitest";
import { editFile, forcePush, genericCall, sampleRequest, summaryOf } from "../../testing/samples.ts";
import { byRisk, gravest, manyRows, manySentence } from "./many.ts";

const low = summaryOf(sampleRequest(1, editFile));
const medium = summaryOf(sampleRequest(2, genericCall));
const high = summaryOf(sampleRequest(3, forcePush));

test("the gravest stand on top", () => {
  expect(byRisk([low, medium, high])).toEqual([high, medium, low]);
  expect([gravest([low, high, medium]), gravest([low, medium]), gravest([])]).toEqual([
    "high",
    "medium",
    "low",
  ]);
});

const numbered = (count: number, of: typeof low, digest: string) =>
  Array.from({ length: count }, (_, index) => ({ ...summaryOf(sampleRequest(index)), ...of, digest })).map(
    (request, index) => ({ ...request, id: `${digest}${index}` as typeof low.id }),
  );

test("what is the same to the last byte is one row; what only looks the same is not", () => {
  const same = numbered(56, low, "same");
  const other = { ...low, digest: "other" };
  const rows = manyRows("allow", [...same, other]);
  expect(rows.map(({ requests }) => requests.length)).toEqual([56, 1]);
  expect(rows.every(({ isTicked }) => !isTicked)).toBe(true);
});

test("to allow what is of high risk, each is ticked alone; to deny nothing has to be", () => {
  const grave = numbered(3, high, "grave");
  const allowing = manyRows("allow", [low, ...grave]);
  expect(allowing.map(({ requests, isTicked }) => [requests.length, isTicked])).toEqual([
    [1, true],
    [1, true],
    [1, true],
    [1, false],
  ]);
  const denying = manyRows("deny", [low, ...grave]);
  expect(denying.map(({ requests, isTicked }) => [requests.length, isTicked])).toEqual([
    [3, false],
    [1, false],
  ]);
});

test("the outcome of many is told in full", () => {
  expect(manySentence("allow", { done: 1, late: 0, failed: [] })).toBe("Allowed 1 request.");
  expect(manySentence("deny", { done: 3, late: 1, failed: [low.id] })).toBe(
    "Denied 3 requests. 1 had been answered already. 1 did not get through.",
  );
});

test("what nobody can see whole is not among what may be allowed, and can be denied", () => {
  const unseen = { ...low, sight: "none" as const, digest: "unseen" };
  expect(manyRows("allow", [unseen])).toEqual([]);
  expect(manyRows("deny", [unseen])).toHaveLength(1);
});
