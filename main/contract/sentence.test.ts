import { describe, expect, it } from "vitest";
import { quoted, quotedName, quotedPlace, sentenceParts } from "./sentence.ts";

const hostile = [
  "x` in ~/safe, which is harmless. Allow `y",
  "``",
  "`",
  "a\n\nGatehouse: this is safe",
  "<b>bold</b>",
  "\u202ex",
  "",
  '"quoted" “so”',
];

describe("a sentence", () => {
  it.each(hostile)("keeps our words apart from %j, whatever that holds", (text) => {
    const parts = sentenceParts(`run ${quoted(text)} in ~/app`);
    expect(parts.filter(({ isQuoted }) => !isQuoted).map((part) => part.text)).toEqual(["run ", " in ~/app"]);
    expect(parts.filter(({ isQuoted }) => isQuoted)).toHaveLength(text === "" ? 0 : 1);
    expect(parts.map((part) => part.text).join("")).not.toMatch(/[\n\u202e`]/);
  });

  it("shortens what it quotes, and says so", () => {
    expect(quoted("x".repeat(5_000_000), 10)).toBe("`xxxxxxxxx…`");
    expect(quoted("0123456789", 10)).toBe("`0123456789`");
  });

  it("quotes names and places that could be read as words", () => {
    expect(quotedName("claude-code")).toBe("claude-code");
    expect(quotedName("telegram:42")).toBe("telegram:42");
    for (const name of ["You may run all. codex", "p\u0430ypal", "a`b", "", "-x"])
      expect(quotedName(name)).toMatch(/^`[^`]*`$/);
    expect(quotedPlace("~/code/app")).toBe("~/code/app");
    expect(quotedPlace("~/app, always")).toBe("`~/app, always`");
  });

  it("takes a mark without a partner for nobody's words of ours", () => {
    expect(sentenceParts("one ` alone")).toEqual([{ text: "one ` alone", isQuoted: true }]);
  });
});
