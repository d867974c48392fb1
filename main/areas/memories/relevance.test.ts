import { expect, test } from "vitest";
import { queryForAny, sharedWords, wordsOfPrompt } from "./relevance.ts";

test("a prompt is about its rarer words", () => {
  expect(wordsOfPrompt("Please deploy the app to staging, and then deploy it again")).toEqual(
    ["staging", "deploy", "again", "app"].filter((word) => word !== "again"),
  );
  expect(wordsOfPrompt("and then it is so")).toEqual([]);
});

test.each([
  ["deploy the app to staging", "Staging is deployed with `make ship`.", ["staging", "deploy"]],
  ["run the tests", "Tests run with npm run unit", ["tests", "run"]],
  ["kubernetes", "We use Kubernetes 1.29", ["kubernetes"]],
  ["explain the architecture of it", "The architecture is hexagonal.", ["architecture"]],
  [
    "Was ist die Hauptstadt von Österreich",
    "Österreich: Lieferadresse in der Hauptstadt",
    ["hauptstadt", "österreich"],
  ],
  ["fix the login page", "The page has two columns.", null],
  ["what time is it", "Meetings are at ten.", null],
  ["", "anything", null],
] as const)("%j and %j share %j", (prompt, text, shared) => {
  const found = sharedWords(wordsOfPrompt(prompt), text);
  expect(found === null ? null : [...found].toSorted()).toEqual(
    shared === null ? null : [...shared].toSorted(),
  );
});

test("everything a prompt may hold is looked for as words", () => {
  const words = wordsOfPrompt(`"NEAR(a b)" OR title:* -- ' ${"x".repeat(50_000)}`);
  expect(words.every((word) => /^[\p{L}\p{N}\p{M}]+$/u.test(word))).toBe(true);
  expect(queryForAny(["deploy", "app"])).toBe('"deploy"* OR "app"');
  expect(queryForAny([])).toBeNull();
});
