import { expect, test } from "vitest";
import type { Scope } from "../contract.ts";
import { choicesText, parseAnswer } from "./ask.ts";

const offer = (...scopes: Scope[]) => ({
  choices: scopes.map((scope) => ({ scope, sentence: `for ${scope}` })),
});

test.each([
  ["a", { decision: "allow", scope: "once" }],
  [" s ", { decision: "allow", scope: "session" }],
  ["30", { decision: "allow", scope: "minutes_30" }],
  ["d", { decision: "deny" }],
  ["d because it is late ", { decision: "deny", reason: "because it is late" }],
  ["deny", { decision: "deny" }],
])("%j is understood", (line, answer) =>
  expect(parseAnswer(line, offer("once", "session", "minutes_30"))).toEqual(answer),
);

test.each(["", " ", "y", "yes", "A", "allow", "a now", "aa", "f", "t", "3", "no"])(
  "%j answers nothing",
  (line) => expect(parseAnswer(line, offer("once", "session", "minutes_30"))).toBeNull(),
);

test("every choice has a line that says what it would remember", () => {
  expect(choicesText(offer("once", "forever"))).toBe(
    '  a   allow once\n  f   allow and remember: for forever\n  d   deny; "d because …" tells the agent why\n',
  );
});
