import { describe, expect, it } from "vitest";
import { aliasProblem, freeAlias, urlProblem } from "./provider-kinds.ts";

describe("freeAlias", () => {
  it("counts on from what is taken", () => {
    expect(freeAlias("openai", [])).toBe("openai");
    expect(freeAlias("openai", ["openai", "openai-2"])).toBe("openai-3");
    expect(freeAlias("", [""])).toBe("");
  });
});

it.each([
  ["", true],
  ["http://127.0.0.1:11434/v1", true],
  ["https://api.example.org", true],
  ["api.example.org/v1", false],
  ["localhost:1234", false],
  ["file:///etc/passwd", false],
])("address %s", (text, isFine) => {
  expect(urlProblem(text) === null).toBe(isFine);
});

it.each([
  ["openai", true],
  ["0x", true],
  ["Open AI", false],
  ["-x", false],
  ["taken", false],
  ["a".repeat(65), false],
])("name %s", (text, isFine) => {
  expect(aliasProblem(text, ["taken"]) === null).toBe(isFine);
});
