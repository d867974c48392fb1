import { describe, expect, test } from "vitest";
import type { FormField, Question } from "../../../main/areas/questions/contract.ts";
import { questionSample } from "../../testing/question-samples.ts";
import { answerIn, firstDraft, type Draft } from "./drafts.ts";

const described = { label: "", description: null, isRequired: false };
const fields: FormField[] = [
  {
    ...described,
    type: "string",
    name: "name",
    isRequired: true,
    minLength: null,
    maxLength: null,
    format: null,
  },
  { ...described, type: "integer", name: "count", minimum: null, maximum: null },
  { ...described, type: "boolean", name: "draft" },
];
const answer = (change: Partial<Question>, draft: Partial<Draft>) => {
  const question = questionSample(change);
  return answerIn(question, { ...firstDraft(question), ...draft });
};

test("what the agent would go on with stands there already", () => {
  const wordsOf = (change: Partial<Question>) => firstDraft(questionSample(change));
  expect(wordsOf({ choices: [], defaultAnswer: { kind: "text", text: "main" } }).text).toBe("main");
  expect(wordsOf({ isSeveral: true, defaultAnswer: { kind: "choices", values: ["main"] } }).picked).toEqual([
    "main",
  ]);
  expect(
    wordsOf({ choices: [], fields, defaultAnswer: { kind: "form", fields: { count: 3, draft: true } } })
      .fields,
  ).toEqual({ name: "", count: "3", draft: true });
});

describe("what is sent", () => {
  test("words, once there are some", () => {
    expect(answer({ choices: [] }, { text: "  " })).toBeNull();
    expect(answer({ choices: [] }, { text: " main " })).toEqual({ kind: "text", text: " main " });
  });
  test("several in the order in which they are offered, and nothing for nothing", () => {
    expect(answer({ isSeveral: true }, { picked: [] })).toBeNull();
    expect(answer({ isSeveral: true }, { picked: ["release", "main"] })).toEqual({
      kind: "choices",
      values: ["main", "release"],
    });
  });
  test("words instead of choices, where the person writes", () => {
    const writing = { isWriting: true, text: "neither", picked: ["main"] };
    expect(answer({ allowsText: true }, writing)).toEqual({ kind: "text", text: "neither" });
  });
  test("a form without what was left out, and not before what is needed is there", () => {
    const given = { choices: [], fields };
    expect(answer(given, { fields: { name: " ", count: "3", draft: false } })).toBeNull();
    expect(answer(given, { fields: { name: "Ada", count: "", draft: false } })).toEqual({
      kind: "form",
      fields: { name: "Ada", draft: false },
    });
    expect(answer(given, { fields: { name: "Ada", count: "3", draft: true } })).toEqual({
      kind: "form",
      fields: { name: "Ada", count: 3, draft: true },
    });
  });
});
