import { describe, expect, test } from "vitest";
import { longestRow, textRows } from "./text-rows.ts";

describe("textRows", () => {
  test.each([
    "",
    "one",
    "one\ntwo\n",
    "\n\n",
    "a".repeat(longestRow),
    "x\n" + "b".repeat(longestRow * 2 + 1) + "\nz",
  ])("loses nothing of %#", (text) => {
    const lines: string[] = [];
    for (const row of textRows(text)) {
      if (row.line === null) lines[lines.length - 1] += row.text;
      else lines.push(row.text);
    }
    expect(lines.join("\n")).toBe(text);
  });

  test("tears no character in two", () => {
    const text = "a" + "😀".repeat(longestRow);
    for (const row of textRows(text)) expect(() => encodeURIComponent(row.text)).not.toThrow();
  });

  test("a line that goes on has no number of its own", () => {
    expect(textRows(`${"a".repeat(longestRow + 1)}\nb`).map(({ line }) => line)).toEqual([1, null, 2]);
  });
});
