import { describe, expect, test } from "vitest";
import { JsonSyntaxError, parseJsonDocument } from "./json-document.ts";

const problemOf = (text: string): string => {
  try {
    parseJsonDocument(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error.message;
    throw error;
  }
  return "none";
};

describe("parseJsonDocument", () => {
  test("gives what JSON.parse gives, byte order mark or not", () => {
    const text = '{ "a": [1, -2.5e3, "x\\u00e9\\n", true, null, {}, []], "": {"b": ""} }';
    expect(parseJsonDocument(text).value).toEqual(JSON.parse(text));
    expect(parseJsonDocument(`\uFEFF${text}`).value).toEqual(JSON.parse(text));
  });

  test("knows the line of a key, and of the nearest parent for what is missing", () => {
    const json = parseJsonDocument('{\n  "a": {\n    "b": [\n      1,\n      2\n    ]\n  }\n}');
    expect([
      json.lineOf([]),
      json.lineOf(["a"]),
      json.lineOf(["a", "b", 1]),
      json.lineOf(["a", "nope"]),
    ]).toEqual([1, 2, 5, 2]);
  });

  test.each([
    ["", "expected a value, but the file ends at line 1, column 1"],
    ['{\n  "a": 1,\n}', 'expected a key in double quotes, not "}" at line 3, column 1'],
    ['{\n  "a": 1\n  "b": 2\n}', 'expected "," or "}", not """ at line 3, column 3'],
    ['{"a": 1} x', 'expected nothing more, not "x" at line 1, column 10'],
    ["{/* hello", "a comment that is not closed at line 1, column 2"],
    ['# hello\n{"a": 1}', 'expected a value, not "#" at line 1, column 1'],
    ['["a" "b"]', 'expected "," or "]", not """ at line 1, column 6'],
    ['{"a": [{}] "b"}', 'expected "," or "}", not """ at line 1, column 12'],
    ['{"a":', "expected a value, but the file ends at line 1, column 6"],
    ["{", "expected a key in double quotes, but the file ends at line 1, column 2"],
    ['{"a": {"b": 1}, "c": [{"d": 1, "d": 2}]}', 'the key "d" appears twice at line 1, column 32'],
    ['{"a": 1, "a": 2}', 'the key "a" appears twice at line 1, column 10'],
    ["{'a': 1}", 'expected a key in double quotes, not "\'" at line 1, column 2'],
    ['{"a": "x\n"}', "a text that is not closed on its line at line 1, column 7"],
    ['{"a" 1}', 'expected ":" after the key "a", not "1" at line 1, column 6'],
    ["[1, 2", 'expected "," or "]", but the file ends at line 1, column 6'],
  ])("%j: %s", (text, problem) => expect(problemOf(text)).toBe(problem));

  test("comments are read over, and texts that look like them are not", () => {
    const text = '// first\n{ "a": "// no", /* in\nbetween */ "b": 2 // last\n}';
    const json = parseJsonDocument(text);
    expect(json.value).toEqual({ a: "// no", b: 2 });
    expect([json.lineOf(["a"]), json.lineOf(["b"])]).toEqual([2, 3]);
  });

  test("brackets without end do not overflow the stack", () => {
    expect(problemOf("[".repeat(100_000))).toContain("too many brackets");
  });

  test.each(["01", "1.", "+1", "nul", "NaN", '"\\x"', "[1,,2]", "{,}", "\u00a0{}"])(
    "%j is refused",
    (text) => {
      expect(problemOf(text)).not.toBe("none");
    },
  );
});
