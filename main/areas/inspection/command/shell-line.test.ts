import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { shellLine, shellWord } from "./shell-line.ts";

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
