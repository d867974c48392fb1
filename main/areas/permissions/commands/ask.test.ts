import { expect, test } from "vitest";
import type { Scope } from "../contract.ts";
import { answersTo, choicesText, parseAnswer } from "./ask.ts";

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

const session = { scope: "session", sentence: "Every known command", beyond: "It covers all." } as const;
const forever = { scope: "forever", sentence: "Run `x`, always" } as const;

test.each([
  ["low", "s", "It covers all.\nType yes to allow that, or another of the letters above.\n"],
  ["high", "f", "Run `x`, always: of high risk, and it will run without asking.\nType yes"],
] as const)("what reaches far is asked back: %s risk, %s", (riskLevel, key, question) => {
  const { read, again } = answersTo({ riskLevel, choices: [session, forever] });
  expect(read("yes")).toBeNull();
  expect(again()).toContain("Type one of the letters");
  expect(read(key)).toBeNull();
  expect(again()).toContain(question);
  for (const other of ["", "y", "no", key === "s" ? "x" : "S"]) {
    expect(read(other), other).toBeNull();
    expect(read("yes"), "only right behind the question").toBeNull();
    expect(read(key)).toBeNull();
  }
  expect(read(" yes ")).toMatchObject({ decision: "allow" });
  expect(read(key)).toBeNull();
  expect(read("d")).toEqual({ decision: "deny" });
});

test("what covers this request alone counts at once", () => {
  const { read } = answersTo({ riskLevel: "medium", choices: [forever] });
  expect(read("f")).toEqual({ decision: "allow", scope: "forever" });
});

test("every choice has a line that says what it would remember", () => {
  expect(choicesText(offer("once", "forever"))).toBe(
    '  a   allow once\n  f   allow and remember: for forever\n  d   deny; "d because …" tells the agent why\n',
  );
});
