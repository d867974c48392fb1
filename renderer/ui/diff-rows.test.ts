import { describe, expect, test } from "vitest";
import { newFile, sampleDiff } from "../testing/samples.ts";
import { changedSpans, diffLines, diffRows } from "./diff-rows.ts";

function diffOf(presentation: ReturnType<typeof newFile>) {
  if (presentation.body.kind !== "diff") throw new Error("no diff");
  return presentation.body.diff;
}

describe("diffRows", () => {
  test("says how many lines lie between the parts", () => {
    const gaps = diffRows(sampleDiff).filter(({ kind }) => kind === "gap");
    expect(gaps).toMatchObject([{ count: 11 }, { count: 24 }]);
  });

  test("shows every line of a long new file, each with its number", () => {
    const rows = diffRows(diffOf(newFile(12_000)));
    expect(rows.map((row) => row.kind === "line" && row.line.number)).toEqual(
      Array.from({ length: 12_000 }, (_, index) => index + 1),
    );
  });

  test("numbers what is removed as it was, and the rest as it will be", () => {
    const [hunk] = sampleDiff.hunks;
    if (hunk === undefined) throw new Error("no hunk");
    const lines = diffLines({ ...hunk, text: `${hunk.text}\n\\ No newline at end of file` });
    expect(lines.map(({ kind, number }) => `${kind} ${number}`)).toEqual([
      "same 12",
      "same 13",
      "removed 14",
      "removed 15",
      "added 14",
      "added 15",
      "same 16",
      "remark null",
    ]);
  });

  test("every row has a key of its own", () => {
    const keys = diffRows(sampleDiff).map(({ kind, key }) => `${kind} ${key}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("changedSpans", () => {
  test("marks what differs and nothing else", () => {
    const spans = changedSpans("const a = 1;", "const a = 12;");
    expect(spans).toEqual({ before: { from: 11, to: 11 }, after: { from: 11, to: 12 } });
    expect(changedSpans("aaa", "aaaa")).toEqual({ before: { from: 3, to: 3 }, after: { from: 3, to: 4 } });
  });
  test("stays silent where nearly everything differs", () => {
    expect(changedSpans("import x", "return 42")).toBeNull();
  });
});
