import { expect, test } from "vitest";
import { firstJsonValue } from "./first-json-value.ts";

test.each([
  ['{"a":1}', { a: 1 }],
  [' \n\t{"a":1}\r\n', { a: 1 }],
  ['{"a":1}{"a":2}', { a: 1 }],
  ['{"a":1} rubbish', { a: 1 }],
  ['{"a":1}]', { a: 1 }],
  ['{"a":"}\\"{"} x', { a: '}"{' }],
  ['{"a":"\\\\"} "', { a: "\\" }],
  ['{"a":[{"b":{}}]},', { a: [{ b: {} }] }],
  ["[1] x", [1]],
  ["null", null],
  ["null x", null],
  ["1", 1],
  ['"x"', "x"],
])("%s", (text, value) => {
  expect(firstJsonValue(text)).toEqual(value);
});

test.each(["", "  ", "x", "{", '{"a":1', "[}", "}", '{"a" 1} {}', "{'a':1}", '{"a":"}', "\ufeff{}", "nul"])(
  "%j is refused",
  (text) => {
    expect(() => firstJsonValue(text)).toThrow(SyntaxError);
  },
);

test("depth and length do not matter", () => {
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  expect(() => firstJsonValue(`${deep} x`)).not.toThrow();
  expect(firstJsonValue(`{"a":"${"x".repeat(5_000_000)}"} x`)).toMatchObject({ a: expect.any(String) });
});
