import { expect, test } from "vitest";
import { waitingPermission, type WaitingPermission } from "../areas/permissions/pending-store.ts";
import { sampleRequest, summaryOf } from "../testing/samples.ts";
import { neighbour } from "./neighbour.ts";

const [a, b, c] = [0, 1, 2].map((index) => waitingPermission(summaryOf(sampleRequest(index)))) as [
  WaitingPermission,
  WaitingPermission,
  WaitingPermission,
];

test("arrows go round, and start at the longest wait when the card has left", () => {
  expect(neighbour([a, b, c], c, 1)).toBe(a);
  expect(neighbour([a, b, c], a, -1)).toBe(c);
  expect(neighbour([a, b], { ...c, status: "allowed" }, 1)).toBe(a);
  expect(neighbour([], null, 1)).toBeNull();
});
