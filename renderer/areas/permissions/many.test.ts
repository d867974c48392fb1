import { expect, test } from "vitest";
import { editFile, forcePush, genericCall, sampleRequest, summaryOf } from "../../testing/samples.ts";
import { byRisk, manySentence } from "./many.ts";

const low = summaryOf(sampleRequest(1, editFile));
const medium = summaryOf(sampleRequest(2, genericCall));
const high = summaryOf(sampleRequest(3, forcePush));

test("the gravest stand on top", () => {
  expect(byRisk([low, medium, high])).toEqual([high, medium, low]);
});

test("the outcome of many is told in full", () => {
  expect(manySentence("allow", { done: 1, late: 0, failed: [] })).toBe("Allowed 1 request.");
  expect(manySentence("deny", { done: 3, late: 1, failed: [low.id] })).toBe(
    "Denied 3 requests. 1 had been answered already. 1 did not get through.",
  );
});
