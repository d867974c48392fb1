import { describe, expect, test } from "vitest";
import { Wanted } from "./contract.ts";
import { readQuestion } from "./read-question.ts";

const read = (given: object) => readQuestion(Wanted.parse({ text: "Which?", ...given }));
const aForm = { type: "object", properties: { name: { type: "string" } } };

test("a plain text is value and label of a choice", () => {
  expect(read({ choices: [" main ", { value: "dev", description: "  " }] }).choices).toEqual([
    { value: "main", label: "main", description: null },
    { value: "dev", label: "dev", description: null },
  ]);
});

test("what a form's fields begin with is no answer of its own unless it is to be given", () => {
  const form = { ...aForm, properties: { ...aForm.properties, n: { type: "integer", default: 3 } } };
  expect(read({ form }).defaultAnswer).toEqual({ kind: "form", fields: { n: 3 } });
  const wanted = { form: { ...form, required: ["name"] }, onTimeout: "default" };
  expect(() => read(wanted)).toThrow("The default is no answer to it. `name` is needed.");
});

describe("what nobody could answer is refused", () => {
  test.each([
    [{ choices: ["a"], form: aForm }, "A question has choices or a form, not both."],
    [{ choices: ["a", "a"] }, "Two choices are the same."],
    [{ isSeveral: true }, "Only of choices there can be several."],
    [{ onTimeout: "default" }, "There is no default to be given."],
    [{ onTimeout: "stay", timeoutSeconds: 5 }, "What stays has no time limit."],
    [{ form: { ...aForm, required: ["other"] } }, "A field is required that the form does not have."],
    [
      { choices: ["a"], defaultAnswer: { kind: "choices", values: ["b"] } },
      "The default is no answer to it. That is not one of the choices.",
    ],
  ])("%j", (given, words) => expect(() => read(given)).toThrow(words));

  test("more than a card can show", () => {
    const values = Array.from({ length: 50 }, (_, i) => `${i}`.padEnd(200, "y"));
    const formOf = (count: number) => ({
      type: "object",
      properties: Object.fromEntries(
        Array.from({ length: count }, (_, i) => [`f${i}`, { type: "string", enum: values }]),
      ),
    });
    expect(() => read({ form: formOf(3) })).not.toThrow();
    expect(() => read({ form: formOf(4) })).toThrow("more than a card can show");
  });

  test.each([
    { text: "" },
    { text: "   " },
    { text: "x".repeat(8_001) },
    { choices: [] },
    { choices: Array.from({ length: 21 }, (_, i) => `c${i}`) },
    { choices: [""] },
    { choices: ["x".repeat(201)] },
    { form: { type: "object", properties: {} } },
    { form: { type: "object", properties: { a: { type: "object", properties: {} } } } },
    { form: { type: "object", properties: { a: { type: "string", pattern: "(a+)+$" } } } },
    { timeoutSeconds: 0 },
    { timeoutSeconds: 1e9 },
    { urgency: "critical" },
    { more: true },
  ])("%# by its form", (given) => expect(Wanted.safeParse({ text: "Which?", ...given }).success).toBe(false));
});
