import { describe, expect, test } from "vitest";
import { answerKinds, wrongInAnswer } from "./check-answer.ts";
import { Wanted, type Answer } from "./contract.ts";
import { readQuestion } from "./read-question.ts";

const read = (given: object) => readQuestion(Wanted.parse({ text: "Which?", ...given }));
const text = (words: string): Answer => ({ kind: "text", text: words });
const chosen = (...values: string[]): Answer => ({ kind: "choices", values });
const form = (fields: Extract<Answer, { kind: "form" }>["fields"]): Answer => ({ kind: "form", fields });

describe("a question in words", () => {
  const question = read({});
  test("takes words, and at least one of them", () => {
    expect(answerKinds(question)).toEqual(["text"]);
    expect(wrongInAnswer(question, text("main"))).toBeNull();
    expect(wrongInAnswer(question, text(" \n "))).toBe("An answer needs at least a word.");
  });
  test.each([chosen("main"), form({ a: 1 })])("takes no %j", (answer) => {
    expect(wrongInAnswer(question, answer)).toBe("This is answered in words.");
  });
});

describe("a question with choices", () => {
  const one = read({ choices: ["main", { value: "dev", label: "Development" }] });
  const several = read({ choices: ["a", "b", "c"], isSeveral: true });
  test.each([
    [one, chosen("main"), null],
    [one, chosen("dev"), null],
    [one, chosen("Development"), "That is not one of the choices."],
    [one, chosen(), "Choose at least one."],
    [one, chosen("main", "dev"), "Choose only one."],
    [one, text("main"), "This is answered with one of its choices."],
    [several, chosen("c", "a"), null],
    [several, chosen("a", "a"), "Each can be chosen once."],
    [read({ choices: ["a"], allowsText: true }), text("neither"), null],
    [read({ choices: ["a"], allowsText: true }), chosen("a"), null],
  ])("%# is right or says why not", (question, answer, wrong) => {
    expect(wrongInAnswer(question, answer)).toBe(wrong);
  });
});

describe("a form", () => {
  const question = read({
    form: {
      type: "object",
      properties: {
        name: { type: "string", title: "Name", minLength: 2, maxLength: 5 },
        mail: { type: "string", format: "email" },
        day: { type: "string", format: "date" },
        at: { type: "string", format: "date-time" },
        page: { type: "string", format: "uri" },
        count: { type: "integer", minimum: 1, maximum: 3 },
        share: { type: "number", maximum: 0.5 },
        isDraft: { type: "boolean" },
        colour: { type: "string", enum: ["r", "g"], enumNames: ["Red", "Green"] },
        size: { type: "string", oneOf: [{ const: "s", title: "Small" }] },
      },
      required: ["name"],
    },
  });
  test("has its fields in order, with their labels", () => {
    expect(question.fields.map(({ label }) => label).slice(0, 3)).toEqual(["Name", "mail", "day"]);
    expect(question.fields.at(-2)).toMatchObject({ choices: [{ value: "r", label: "Red" }, { value: "g" }] });
    expect(question.fields.at(-1)).toMatchObject({
      type: "choice",
      choices: [{ value: "s", label: "Small" }],
    });
  });
  test.each([
    [{ name: "Ada" }, null],
    [{ name: "Ada", mail: "a@b.org", day: "2026-01-31", at: "2026-01-31T10:00:00Z", count: 3 }, null],
    [{ name: "Ada", page: "https://example.org", share: 0.25, isDraft: false, colour: "g", size: "s" }, null],
    [{}, "`Name` is needed."],
    [{ name: "  " }, "`Name` is needed."],
    [{ name: "A" }, "`Name` must have at least 2 characters."],
    [{ name: "Adalovelace" }, "`Name` must have at most 5 characters."],
    [{ name: 7 }, "`Name` must be a text."],
    [{ name: "Ada", mail: "nobody" }, "`mail` must be an e-mail address."],
    [{ name: "Ada", day: "2026-02-31" }, "`day` must be a date such as 2026-03-31."],
    [{ name: "Ada", count: 1.5 }, "`count` must be a whole number."],
    [{ name: "Ada", count: 4 }, "`count` must be at most 3."],
    [{ name: "Ada", count: "2" }, "`count` must be a number."],
    [{ name: "Ada", isDraft: "yes" }, "`isDraft` is either true or false."],
    [{ name: "Ada", colour: "Red" }, "`colour` is not one of the choices."],
    [{ name: "Ada", constructor: "x" }, "There is no field `constructor`."],
  ])("%j is right or says why not", (fields, wrong) => {
    expect(wrongInAnswer(question, form(fields))).toBe(wrong);
  });
});
