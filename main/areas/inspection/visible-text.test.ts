import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { shellLine, shellWord } from "./command/shell-line.ts";
import { preview, visibleText } from "./visible-text.ts";

describe("visibleText", () => {
  it.each([
    ["a\nb\r\tc", "a\\nb\\r\\tc"],
    ["\u0000\u001b[31m\u007f\u0085", "\\x00\\x1b[31m\\x7f\\u0085"],
    ["\u202etxt.exe\u2066\u200b\u200f\ufeff\u00ad", "\\u202etxt.exe\\u2066\\u200b\\u200f\\ufeff\\u00ad"],
    ["a\u00a0b\u2028c\u3000d\u3164e\u2800f", "a\\u00a0b\\u2028c\\u3000d\\u3164e\\u2800f"],
    ["\u{e0041}\u{1f600}\ufe0f", "\\U000e0041\u{1f600}\\ufe0f"],
    ["\ud800x", "\\ud800x"],
    ["naïve Ωмега 漢字 שלום", "naïve Ωмега 漢字 שלום"],
  ])("shows every character of %j", (text, shown) => expect(visibleText(text)).toBe(shown));

  it("keeps what it is told to", () => expect(visibleText("a\n\tb\r", "\n\t")).toBe("a\n\tb\\r"));
});

describe("preview", () => {
  it("is one line of at most so many characters, and says that it was cut", () => {
    expect(preview("short", 10)).toBe("short");
    expect(preview("0123456789", 10)).toBe("0123456789");
    expect(preview("0123456789a", 10)).toBe("012345678…");
    expect(preview("\n\n\n\n\n\n", 10)).toBe("\\n\\n\\n\\n\\…");
    expect(preview("\u{1f600}".repeat(10), 4)).toBe("\u{1f600}…");
    expect(preview("x".repeat(10_000_000), 10)).toHaveLength(10);
  });
});

describe("shellLine", () => {
  it.each([
    [["git", "commit", "-m", "it's a 'test'"], `git commit -m 'it'\\''s a '\\''test'\\'''`],
    [["echo", "", "$HOME", "*", "~", "a;b", "--x=y", "a=b"], "echo '' '$HOME' '*' '~' 'a;b' --x=y a=b"],
    [["A=b", "x"], "'A=b' x"],
    [["sh", "-c", "a\n\tit's b\n"], "sh -c 'a\n\tit'\\''s b\n'"],
    [["sh", "-c", "a\n\n\nb"], "sh -c 'a\n\n\nb'"],
    [["sh", "-c", "a\n\n \n\nb"], "sh -c $'a\\n\\n \\n\\nb'"],
    [["sh", "-c", "a\n \u200bb"], "sh -c $'a\\n \\u200bb'"],
    [["printf", "a\n"], "printf $'a\\n'"],
    [["x", "\\\u202e'"], "x $'\\\\\\u202e\\''"],
  ])("quotes %j", (argv, line) => expect(shellLine(argv)).toBe(line));

  it("pastes back into bash as the very same words", () => {
    const words = [
      "a b",
      "it's",
      "\n\t\u001b1",
      "if x\nthen\n\techo 'y'\nfi\n",
      "\u202e'\\n",
      "$(x)`y`",
      "",
      "-n",
      "é漢\u{e0041}f",
      "\u00a0a",
      "!!",
      "#x",
      "{a,b}",
      "\\",
    ];
    const script = `printf '%s\\0' ${words.map(shellWord).join(" ")}`;
    const out = execFileSync("bash", ["--norc", "-c", script], {
      encoding: "utf8",
      env: { LC_ALL: "C.UTF-8", PATH: process.env["PATH"] },
    });
    expect(out.split("\0").slice(0, -1)).toEqual(words);
  });
});
