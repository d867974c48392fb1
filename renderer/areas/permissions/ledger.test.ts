import { expect, test } from "vitest";
import { sampleDecision } from "../../testing/samples.ts";
import { belongs, withNew } from "./ledger.ts";

const denied = sampleDecision(2);

test("a new row shows up only where the filter would have found it", () => {
  expect(belongs(denied, { search: "", outcome: null })).toBe(true);
  expect(belongs(denied, { search: "", outcome: "allowed" })).toBe(false);
  expect(belongs(denied, { search: " CARGO", outcome: "denied" })).toBe(true);
  expect(belongs(denied, { search: "npm", outcome: "denied" })).toBe(false);
});

test("new rows go on top, newest first, each once", () => {
  const [a, b, c] = [0, 1, 2].map((index) => sampleDecision(index));
  if (a === undefined || b === undefined || c === undefined) throw new Error("samples");
  expect(withNew([c], [b, a])).toEqual([a, b, c]);
  const known = [a, b];
  expect(withNew(known, [b])).toBe(known);
});
