import { expect, test } from "vitest";
import type { Choice } from "../../../main/areas/permissions/contract.ts";
import { isHeld, questionBack, termsOf } from "./manner.ts";

const always: Choice = { scope: "forever", sentence: "Run `npm test` in ~/app, always" };
const session: Choice = { scope: "session_target", sentence: "Run `npm test` in ~/app, for this session" };
const wide: Choice = {
  scope: "session",
  sentence: "Every command",
  beyond: "Commands will not be asked about.",
};

test("what covers more than the request asks back at any risk, and so does remembering high risk", () => {
  expect([questionBack(wide, "low"), questionBack(wide, "high")]).toEqual([wide.beyond, wide.beyond]);
  expect([questionBack(always, "low"), questionBack(always, "medium")]).toEqual([null, null]);
  expect(questionBack(always, "high")).toBe(
    "Run `npm test` in ~/app, always: of high risk, and it will run without asking.",
  );
});

test("only high risk has to be held", () => {
  expect((["low", "medium", "high"] as const).filter(isHeld)).toEqual(["high"]);
});

test("what all choices say is said once, and nothing is lost", () => {
  const { common, terms } = termsOf([session, always]);
  expect(common).toBe("Run `npm test` in ~/app");
  expect(terms.map(({ words }) => words)).toEqual(["for this session", "always"]);
  for (const { choice, words } of terms) expect(`${common}, ${words}`).toBe(choice.sentence);
});

test("sentences that have nothing in common stay whole", () => {
  const other: Choice = { scope: "forever", sentence: "Always allow it" };
  const commas: Choice = { scope: "minutes_15", sentence: "Run `a, b`, for 15 minutes" };
  expect(termsOf([other]).common).toBe("");
  expect(termsOf([session, commas])).toMatchObject({
    common: "",
    terms: [{ words: session.sentence }, { words: commas.sentence }],
  });
  expect(termsOf([commas])).toMatchObject({ common: "Run `a, b`", terms: [{ words: "for 15 minutes" }] });
  expect(termsOf([]).terms).toEqual([]);
});
