import { describe, expect, test } from "vitest";
import type { Decider, PermissionSummary } from "../../../../main/areas/permissions/contract.ts";
import { sampleRequest, summaryOf } from "../../../testing/samples.ts";
import { currentCard, neighbour } from "./current-card.ts";

const [a, b, c] = [0, 1, 2].map((index) => summaryOf(sampleRequest(index))) as [
  PermissionSummary,
  PermissionSummary,
  PermissionSummary,
];
const none = new Set<string>();
const settledBy = (request: PermissionSummary, kind: Decider["kind"]): PermissionSummary => ({
  ...request,
  status: "allowed",
  decidedBy: { kind, name: "" },
});

describe("the card on screen", () => {
  test("is the one that waits longest, unless another is wanted", () => {
    expect(currentCard({ waiting: [a, b], settled: [], wanted: null, gone: none })).toBe(a);
    expect(currentCard({ waiting: [a, b], settled: [], wanted: b.id, gone: none })).toBe(b);
    expect(currentCard({ waiting: [a, b], settled: [], wanted: c.id, gone: none })).toBe(a);
  });

  test("says goodbye when it was settled elsewhere, then gives way", () => {
    const leaving = settledBy(a, "window");
    const queue = { waiting: [b], settled: [leaving], wanted: a.id };
    expect(currentCard({ ...queue, gone: none })).toBe(leaving);
    expect(currentCard({ ...queue, gone: new Set([a.id]) })).toBe(b);
  });

  test("gives way at once when it was answered here", () => {
    expect(currentCard({ waiting: [b], settled: [settledBy(a, "popup")], wanted: a.id, gone: none })).toBe(b);
    expect(
      currentCard({ waiting: [], settled: [settledBy(a, "popup")], wanted: a.id, gone: none }),
    ).toBeNull();
  });

  test("is not disturbed by what happens to others", () => {
    const settled = [settledBy(b, "tray")];
    expect(currentCard({ waiting: [a, c], settled, wanted: a.id, gone: none })).toBe(a);
  });
});

test("arrows go round, and start at the longest wait when the card has left", () => {
  expect(neighbour([a, b, c], c, 1)).toBe(a);
  expect(neighbour([a, b, c], a, -1)).toBe(c);
  expect(neighbour([a, b], settledBy(c, "window"), 1)).toBe(a);
  expect(neighbour([], null, 1)).toBeNull();
});
