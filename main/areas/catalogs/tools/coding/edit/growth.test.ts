import { expect, it } from "vitest";
import { applyEdit } from "./apply.ts";

const MB = 1024 * 1024;

it.each([
  ["many places", "a".repeat(MB), "a", "b".repeat(MB)],
  ["many places in lines that end in CRLF", "a\r\n".repeat(MB / 3), "a", "b\n".repeat(MB / 2)],
  ["many lines at a wide indentation", `${" ".repeat(MB / 2)}x\n  y\n`, "x\ny", "b\n".repeat(MB / 2)],
  [
    "many places at a wide indentation",
    `${" ".repeat(1000)}x\n  y\n`.repeat(1000),
    "x\ny",
    "b\n".repeat(500),
  ],
])("refuses what would fill the memory: %s", (_name, text, old, replacement) => {
  expect(() => applyEdit(text, { old, replacement, all: true })).toThrow("too large");
});

it("still replaces what fits", () => {
  const { replacements, text } = applyEdit("a".repeat(100_000), { old: "a", replacement: "bb", all: true });
  expect([replacements, text.length]).toEqual([100_000, 200_000]);
  const one = applyEdit("  x\n  y\n", { old: "x\ny", replacement: "z\n".repeat(1000), all: false });
  expect(one.text.startsWith("  z\n  z\n")).toBe(true);
});
