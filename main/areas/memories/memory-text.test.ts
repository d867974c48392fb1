import { expect, test } from "vitest";
import { fitText } from "./memory-text.ts";

test("white space around it goes, and tags that are there twice", () => {
  expect(fitText("  two\r\nlines \n", [" Build ", "build", "", "CI"])).toEqual({
    isFit: true,
    content: "two\nlines",
    tags: ["Build", "CI"],
  });
});

test.each([
  ["", [], "blank"],
  [" \n\t ", ["a"], "blank"],
  ["a\u0000b", [], "unfit"],
  ["a\u001b[2J", [], "unfit"],
  ["half \ud83d", [], "unfit"],
  ["x".repeat(16 * 1024 + 1), [], "unfit"],
  ["x".repeat(10 * 1024 * 1024), [], "unfit"],
  ["fine", ["two\nlines"], "unfit"],
  ["fine", ["turned \u202e round"], "unfit"],
  ["fine", ["x".repeat(61)], "unfit"],
  ["fine", Array.from({ length: 21 }, (_, i) => `t${i}`), "unfit"],
] as const)("%.20j with tags %.20j is refused", (content, tags, reason) => {
  expect(fitText(content, tags)).toMatchObject({ isFit: false, reason });
});

test.each(["<b>markup</b> & \u202eturned", "日本語", "e\u0301 👩‍👩‍👧", "`back` $(ticks)", "{".repeat(9_000)])(
  "%.20j is text",
  (content) => expect(fitText(content, [])).toMatchObject({ isFit: true, content }),
);
