import { describe, expect, test } from "vitest";
import { createPaint, wantsColor } from "./paint.ts";
import { requestText } from "../../areas/permissions/commands/request-text.ts";
import { formatFacts, formatTable } from "./table.ts";
import { visible, visibleJson, visibleLine } from "./visible.ts";
import { span } from "./words.ts";
import { fromWords, outcomeWords } from "../../areas/permissions/commands/request-words.ts";

describe("visible", () => {
  test.each([
    ["plain\ttext\nwith lines\r\n", "plain\ttext\nwith lines\n"],
    ["\u001b]0;title\u0007", "\\x1b]0;title\\x07"],
    ["over\rwritten", "over\\x0dwritten"],
    ["\u009b31m", "\\u009b31m"],
    ["a\u202egnp.exe", "a\\u202egnp.exe"],
    ["tag\u{e0041}", "tag\\U000e0041"],
    ["family 👨‍👩‍👧 ❤️", "family 👨‍👩‍👧 ❤️"],
  ])("%j is %j", (text, shown) => expect(visible(text)).toBe(shown));

  test("on one line breaks show as well", () => expect(visibleLine("a\nb\tc")).toBe("a\\nb\\tc"));

  test("JSON stays the same value", () => {
    const value = { text: "a\u202eb\u009b\u001b\u{e0041}\n", list: [1] };
    const json = visibleJson(value, 2);
    expect(JSON.parse(json)).toEqual(value);
    expect(json).not.toMatch(/[\u009b\u202e\u{e0041}]/u);
    expect(json).toContain("\n");
  });
});

test("tables align by what is seen, wide characters and emoji included", async () => {
  const columns = [{ title: "NAME" }, { title: "N", align: "right" as const }, { title: "WORDS" }];
  expect(
    await formatTable(columns, [
      ["漢字", "1", "x"],
      ["👨‍👩‍👧 a", "10", "y  "],
      ["é́", "100", ""],
    ]),
  ).toBe("NAME    N  WORDS\n漢字    1  x\n👨‍👩‍👧 a   10  y\né́     100\n");
  expect(
    await formatTable(
      [{ title: "A" }, { title: "B" }],
      [
        ["❤️", "1"],
        ["한", "2"],
        ["ﾊ", "3"],
      ],
    ),
  ).toBe("A   B\n❤️  1\n한  2\nﾊ   3\n");
  expect(
    formatFacts([
      ["A", "1"],
      ["Longer", "2"],
    ]),
  ).toBe("A       1\nLonger  2\n");
});

test.each([
  [-5, "0 s"],
  [59_400, "59 s"],
  [60_000, "1 min"],
  [3_599_000, "59 min"],
  [7_200_000, "2 h"],
  [172_800_000, "2 d"],
])("span(%d) is %s", (ms, words) => expect(span(ms)).toBe(words));

test("outcomes name the place, or whose key it was by its visible name", () => {
  const words = (kind: "api" | "key" | "popup", name: string, reason: string | null) =>
    outcomeWords({ status: "denied", decidedBy: { kind, name }, reason });
  expect(words("popup", "", null)).toBe("denied in the popup");
  expect(words("key", "evil\u001b", "no")).toBe('denied with the key "evil\\x1b": no');
  expect(words("api", "what it calls itself", null)).toBe("denied over the API");
});

test("what was withdrawn says why, and nothing of it twice", () => {
  const words = (name: string, reason: string | null) =>
    outcomeWords({ status: "withdrawn", decidedBy: { kind: "system", name }, reason });
  expect(words("cancel", "the run was canceled")).toBe("withdrawn: the run was canceled");
  expect(words("left", null)).toBe("withdrawn because nobody waited for the answer");
  expect(words("restart", null)).toBe("withdrawn by Gatehouse");
});

test("colours only for a person who wants them", () => {
  expect(wantsColor(true, {})).toBe(true);
  expect(wantsColor(false, {})).toBe(false);
  expect(wantsColor(true, { NO_COLOR: "1" })).toBe(false);
  expect(wantsColor(true, { TERM: "dumb" })).toBe(false);
  expect(createPaint(true).red("x")).toBe("\u001b[31mx\u001b[39m");
  expect(createPaint(false).red("x")).toBe("x");
});

test("a request is shown whole, with what it would hide made visible", () => {
  const text = requestText(
    {
      wants: "wants to run a command",
      act: "run",
      body: { kind: "command", text: "echo a\nrm -rf \u001b[2K." },
      risks: [{ kind: "deletes", level: "high", text: "deletes files", why: "" }],
    },
    createPaint(false),
  );
  expect(text).toBe("wants to run a command\n  echo a\n  rm -rf \\x1b[2K.\n  high risk: deletes files\n");
});

test("a change is shown by signs, also without colours", () => {
  const hunk = (text: string) => ({ beforeStart: 1, afterStart: 1, text });
  const diff = {
    path: "a.txt",
    status: "changed" as const,
    added: 1,
    removed: 1,
    note: null,
    hunks: [hunk(" x\n-y"), hunk("+z")],
  };
  expect(
    requestText(
      { wants: "wants to edit", act: "", body: { kind: "diff", diff }, risks: [] },
      createPaint(false),
    ),
  ).toBe("wants to edit\n  a.txt (changed, +1 -1)\n    x\n  - y\n  …\n  + z\n");
});

test.each([
  ["run", "codex", "", "codex"],
  ["run", "", "", "unnamed client"],
  ["hook", "codex", "", "codex (hook)"],
  ["api", "", "my key", "my key (api)"],
  ["mcp", "\u001b[2K", "", "\\x1b[2K (mcp)"],
] as const)("a %s of %j with the key %j is listed as %s", (door, clientId, name, words) => {
  expect(fromWords({ door, clientId, asker: { kind: "key", id: "key_1", name } })).toBe(words);
});
