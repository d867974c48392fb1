import { expect, test } from "vitest";
import { failureWords, saidByLoop } from "./failure-words.ts";

const words = (message: string, code = "internal") => failureWords({ code, message });

test("what the model's server said stands below, not in, what happened", () => {
  expect(words("loop: provider failed after 4 attempts: 503\noverloaded")).toEqual({
    title: "The model could not be reached, though it was tried 4 times.",
    detail: "503\noverloaded",
  });
  expect(words("loop: context window exceeded: prompt is too long").detail).toBe("prompt is too long");
  expect(words("loop: maximum turns exceeded (32)").title).toContain("after 32 turns");
});

test.each([
  ['loop: the same call of "grep" was made 5 times in a row', "the same call of grep 5 times"],
  ["loop: every tool call failed in 6 rounds in a row", "6 rounds in a row"],
])("the loop's words for its guardrails are told in ours: %s", (message, told) => {
  const title = saidByLoop(message)?.title ?? "";
  expect(title).toContain(told);
  expect(title).not.toContain("loop");
});

test("other words are shown as they are, and a code that says something beside them", () => {
  expect(words("no such model", "bad_model")).toEqual({ title: "no such model", detail: "bad_model" });
  expect(words("disk full")).toEqual({ title: "disk full", detail: null });
});
