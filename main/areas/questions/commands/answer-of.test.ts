import { expect, test } from "vitest";
import { answerOf } from "./answer-of.ts";

const choice = (value: string, label = value) => ({ value, label, description: null });
const plain = { choices: [], isSeveral: false, allowsText: false, fields: [] };
const branches = { ...plain, choices: [choice("main"), choice("rel", "Release 2"), choice("7")] };
const described = { label: "", description: null, isRequired: false };
const form = {
  ...plain,
  fields: [
    { ...described, type: "string" as const, name: "name", minLength: null, maxLength: null, format: null },
    { ...described, type: "integer" as const, name: "count", minimum: null, maximum: null },
    { ...described, type: "boolean" as const, name: "draft" },
    { ...described, type: "choice" as const, name: "size", choices: [choice("s", "Small"), choice("l")] },
  ],
};
const chosen = (...values: string[]) => ({ answer: { kind: "choices", values } });

test.each([
  [branches, "main", chosen("main")],
  [branches, "MAIN", chosen("main")],
  [branches, "2", chosen("rel")],
  [branches, "Release 2", chosen("rel")],
  // A choice that is called so comes before the place of another.
  [branches, "7", chosen("7")],
  [{ ...branches, isSeveral: true }, "1,2", chosen("main", "rel")],
  [{ ...branches, isSeveral: true }, "1 main, rel", chosen("main", "rel")],
  [{ ...branches, allowsText: true }, "a new one", { answer: { kind: "text", text: "a new one" } }],
  [plain, "1", { answer: { kind: "text", text: "1" } }],
  [form, "name=a=b count=3 draft=no size=1", fields({ name: "a=b", count: 3, draft: false, size: "s" })],
  [form, "size=Small", fields({ size: "s" })],
])("%# is understood", (question, line, answer) => {
  expect(answerOf(question, line.split(" "))).toEqual(answer);
});

function fields(given: object) {
  return { answer: { kind: "form", fields: given } };
}

test.each([
  [branches, "dev"],
  [branches, "4"],
  [branches, "0"],
  [branches, "main rel"],
  [{ ...branches, isSeveral: true }, "main, dev"],
  [form, "main"],
  [form, "other=1"],
  [form, "count=many"],
  [form, "count="],
  [form, "draft=maybe"],
  [form, "size=9"],
])("%# answers nothing, and says why", (question, line) => {
  expect(answerOf(question, line.split(" "))).toHaveProperty("wrong");
});
