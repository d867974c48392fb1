import { expect, test } from "vitest";
import { agreeTo, judge, type Agreement } from "./budget.ts";

const DAY = "2026-11-21";
const marks = { warn: 5, stop: 10 };
const at = (
  spent: number,
  agreement: Agreement | null = null,
  of: typeof marks | { warn: null; stop: null } = marks,
) => judge(spent, DAY, of, agreement);

test("below the marks nobody is asked, and without marks never", () => {
  expect([0, 4.99].map((spent) => at(spent))).toEqual(["go", "go"]);
  expect(at(1e12, null, { warn: null, stop: null })).toBe("go");
});

test("above the first mark a person is asked once, above the second again", () => {
  expect([5, 9.99, 10, 11].map((spent) => at(spent))).toEqual(["warn", "warn", "stop", "stop"]);
  const agreed = agreeTo("warn", 6, DAY, marks);
  expect([6, 9.99, 10].map((spent) => at(spent, agreed))).toEqual(["go", "go", "stop"]);
});

test("a yes at the limit holds for as much again", () => {
  const agreed = agreeTo("stop", 12, DAY, marks);
  expect([12, 21.99, 22].map((spent) => at(spent, agreed))).toEqual(["go", "go", "stop"]);
});

test("without a limit a yes to the warning holds all day", () => {
  const only = { warn: 5, stop: null };
  const agreed = agreeTo("warn", 5, DAY, only);
  expect(judge(1e9, DAY, only, agreed)).toBe("go");
});

test("a yes does not hold on another day, nor under other marks", () => {
  const agreed = agreeTo("stop", 12, DAY, marks);
  expect(judge(12, "2026-11-22", marks, agreed)).toBe("stop");
  expect(judge(12, DAY, { warn: 5, stop: 11 }, agreed)).toBe("stop");
  expect(judge(6, DAY, { warn: 3, stop: 10 }, agreed)).toBe("warn");
});

test("a warning above the limit does not let past the limit", () => {
  const odd = { warn: 20, stop: 10 };
  expect([9, 10].map((spent) => judge(spent, DAY, odd, null))).toEqual(["go", "stop"]);
});
