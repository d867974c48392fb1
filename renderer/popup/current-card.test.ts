import { describe, expect, test } from "vitest";
import type { Decider } from "../../main/areas/permissions/contract.ts";
import { sampleRequest, summaryOf } from "../testing/samples.ts";
import { waitingPermission, type WaitingPermission } from "../areas/permissions/pending-store.ts";
import { kindOf } from "../areas/waiting.ts";
import { currentCard, neighbour, type Queue } from "./current-card.ts";

const [a, b, c] = [0, 1, 2].map((index) => waitingPermission(summaryOf(sampleRequest(index)))) as [
  WaitingPermission,
  WaitingPermission,
  WaitingPermission,
];
const none = new Set<string>();
const cardOf = (queue: Queue) => currentCard(queue, (item) => kindOf(item).isAnsweredIn(item, "popup"));
const settledBy = (request: WaitingPermission, kind: Decider["kind"]): WaitingPermission => ({
  ...request,
  status: "allowed",
  decidedBy: { kind, name: "" },
});

describe("the card on screen", () => {
  test("is the one that waits longest, unless another is wanted", () => {
    expect(cardOf({ waiting: [a, b], settled: [], wanted: null, gone: none })).toBe(a);
    expect(cardOf({ waiting: [a, b], settled: [], wanted: b.id, gone: none })).toBe(b);
    expect(cardOf({ waiting: [a, b], settled: [], wanted: c.id, gone: none })).toBe(a);
  });

  test("says that it was settled elsewhere, then gives way", () => {
    const leaving = settledBy(a, "window");
    const queue = { waiting: [b], settled: [leaving], wanted: a.id };
    expect(cardOf({ ...queue, gone: none })).toBe(leaving);
    expect(cardOf({ ...queue, gone: new Set([a.id]) })).toBe(b);
  });

  test("gives way at once when it was answered here", () => {
    expect(cardOf({ waiting: [b], settled: [settledBy(a, "popup")], wanted: a.id, gone: none })).toBe(b);
    expect(cardOf({ waiting: [], settled: [settledBy(a, "popup")], wanted: a.id, gone: none })).toBeNull();
  });

  test("is not disturbed by what happens to others", () => {
    const settled = [settledBy(b, "tray")];
    expect(cardOf({ waiting: [a, c], settled, wanted: a.id, gone: none })).toBe(a);
  });
});

test("arrows go round, and start at the longest wait when the card has left", () => {
  expect(neighbour([a, b, c], c, 1)).toBe(a);
  expect(neighbour([a, b, c], a, -1)).toBe(c);
  expect(neighbour([a, b], settledBy(c, "window"), 1)).toBe(a);
  expect(neighbour([], null, 1)).toBeNull();
});
