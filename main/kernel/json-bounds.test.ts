import { describe, expect, test } from "vitest";
import { MAX_JSON_DEPTH, MAX_JSON_VALUES } from "../contract/limits.ts";
import { createJsonBounds, excessOfJson, excessOfValue } from "./json-bounds.ts";

const nested = (depth: number, open = "[", close = "]") => open.repeat(depth) + close.repeat(depth);
const list = (count: number, item: string) => `[${Array.from({ length: count }, () => item).join(",")}]`;

describe("JSON before it is parsed", () => {
  test.each([
    ["an empty text", ""],
    ["an honest object", '{"text":"hi","options":{"a":[1,2,{"b":null}]}}'],
    ["as deep as may be", nested(MAX_JSON_DEPTH)],
    ["as many as may be", list(MAX_JSON_VALUES - 2, "1")],
    ["signs inside of a text", JSON.stringify({ text: nested(50_000) + ",".repeat(500_000) })],
    ["quotes inside of a text", JSON.stringify({ text: '\\"[{'.repeat(10_000) })],
    ["what is no JSON at all", "x".repeat(1_000_000)],
    ["escapes that are whole", `"${String.raw`\u4f60\n\"\\ud800`.repeat(250_000)}"`],
    ["as many halves as may be", `"${String.raw`\ud83d\uDE00`.repeat(100_000)}"`],
    ["more ends than beginnings", "]".repeat(1_000_000)],
  ])("%s has nothing too much", (_, text) => {
    expect(excessOfJson(text)).toBeNull();
  });

  test.each([
    ["lists", nested(MAX_JSON_DEPTH + 1), "more than 200 levels of nesting"],
    ["objects", nested(2_000_000, '{"":', "}"), "more than 200 levels of nesting"],
    ["unclosed lists", "[".repeat(2_000_000), "more than 200 levels of nesting"],
    ["empty objects", list(2_000_000, "{}"), "more than 10,000 values"],
    ["short numbers", list(MAX_JSON_VALUES, "1"), "more than 10,000 values"],
    ["equal keys", `{${'"a":1,'.repeat(100_000)}"a":1}`, "more than 10,000 values"],
    ["halves", `"${String.raw`\ud83d`.repeat(200_001)}"`, "more than 200,000 escaped halves of characters"],
    ["commas", ",".repeat(1_000_000), "more than 10,000 values"],
  ])("%s are too much", (_, text, excess) => {
    expect(excessOfJson(text)).toBe(excess);
  });

  test("is the same however it is cut into pieces", () => {
    const bytes = Buffer.from(`{"a":"\\"✓\\\\","b":${nested(MAX_JSON_DEPTH)}}`);
    for (const size of [1, 2, 3, 7, bytes.length]) {
      const bounds = createJsonBounds();
      const found = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
        bounds.add(bytes.subarray(at * size, (at + 1) * size)),
      );
      expect(found.find((excess) => excess !== null)).toBe("more than 200 levels of nesting");
    }
  });

  test("knows when the first object is closed", () => {
    const bounds = createJsonBounds();
    const closed = ['{"a":"}', '"', ',"b":{}', "}"].map((piece) => {
      bounds.add(Buffer.from(piece));
      return bounds.isClosed;
    });
    expect(closed).toEqual([false, false, false, true]);
  });
});

describe("values that come in without being JSON", () => {
  const deep = (levels: number): unknown => JSON.parse(nested(levels));

  test("may be what a page sends", () => {
    expect(excessOfValue(undefined, 10)).toBeNull();
    expect(excessOfValue({ text: "hi", list: [1, null, { a: true }] }, 11)).toBeNull();
    expect(excessOfValue({ text: "hi", list: [1, null, { a: true }] }, 10)).toBe("more than 10 characters");
    expect(excessOfValue("\ud83d\ude00", 2)).toBeNull();
    expect(excessOfValue("\ud83d", 6)).toBeNull();
    expect(excessOfValue("\ud83d", 5)).toBe("more than 5 characters");
    expect(excessOfValue(deep(MAX_JSON_DEPTH), 10)).toBeNull();
    expect(excessOfValue({ bytes: new Uint8Array(1_000_000) }, 10)).toBeNull();
  });

  test.each([
    ["depth", deep(MAX_JSON_DEPTH + 1), "more than 200 levels of nesting"],
    ["values", Array.from({ length: MAX_JSON_VALUES }, () => 1), "more than 10,000 values"],
    ["one text", "x".repeat(11), "more than 10 characters"],
    ["texts together", ["xxxxxx", { a: "xxxxxx" }], "more than 10 characters"],
  ])("may not have too much %s", (_, value, excess) => {
    expect(excessOfValue(value, 10)).toBe(excess);
  });
});
