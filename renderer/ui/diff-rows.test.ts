import { describe, expect, test } from "vitest";
import { newFile, sampleDiff } from "../testing/samples.ts";
import { changedSpans, diffRows } from "./diff-rows.ts";

const nothingOpened = new Set<string>();

function diffOf(presentation: ReturnType<typeof newFile>) {
  if (presentation.body.kind !== "diff") throw new Error("no diff");
  return presentation.body.diff;
}

describe("diffRows", () => {
  test("says how many lines lie between the parts", () => {
    const gaps = diffRows(sampleDiff, nothingOpened).filter(({ kind }) => kind === "gap");
    expect(gaps).toMatchObject([{ count: 11 }, { count: 24 }]);
  });

  test("folds a long stretch, counts what it hides and shows all of it when opened", () => {
    const diff = diffOf(newFile(600));
    const folded = diffRows(diff, nothingOpened);
    const fold = folded.find((row) => row.kind === "fold");
    const drawn = folded.filter(({ kind }) => kind === "line").length;
    expect(fold).toMatchObject({ of: "added", count: 600 - drawn });
    const opened = diffRows(diff, new Set([fold?.key ?? ""]));
    expect(opened.map((row) => row.kind === "line" && row.line.after)).toEqual(
      Array.from({ length: 600 }, (_, index) => index + 1),
    );
  });

  test("every row has a key of its own", () => {
    const keys = diffRows(sampleDiff, nothingOpened).map(({ kind, key }) => `${kind} ${key}`);
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
