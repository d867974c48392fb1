import { expect, test } from "vitest";
import { AccessScope } from "../../../main/contract/principal.ts";
import { ALL_RIGHTS, isPowerful, PRESETS, rightWords, scopesSentence } from "./scope-words.ts";

test("every right has words of its own", () => {
  expect(ALL_RIGHTS).toEqual(AccessScope.options);
  expect(new Set(ALL_RIGHTS.map(rightWords)).size).toBe(ALL_RIGHTS.length);
});

test.each([
  [["ask"], "may ask for permission"],
  [["follow", "ask"], "may ask for permission; see what waits and what goes on"],
  [[...AccessScope.options], "may do everything you can do"],
  [[], "may do nothing"],
] as const)("%j: %s", (scopes, words) => {
  expect(scopesSentence(scopes)).toBe(words);
});

test("presets that only ask or follow are harmless, one that answers is not", () => {
  expect(PRESETS.map(({ id, scopes }) => [id, isPowerful(scopes)])).toEqual([
    ["ask", false],
    ["follow", false],
    ["answer", true],
    ["custom", false],
  ]);
});
