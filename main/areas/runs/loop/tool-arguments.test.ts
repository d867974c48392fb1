import { describe, expect, it } from "vitest";
import { fingerprintOf, readArguments } from "./tool-arguments.ts";

function normalized(text: string): string {
  const read = readArguments(text);
  return read.ok ? JSON.stringify(read.normalized) : `refused: ${read.reason}`;
}

describe("readArguments", () => {
  it.each([
    ["", "{}"],
    [" \n", "{}"],
    ['{"b":1,"a":{"d":[{"f":1,"e":2}],"c":null}}', '{"a":{"c":null,"d":[{"e":2,"f":1}]},"b":1}'],
    ['{"n":12345678901234567890}', '{"n":12345678901234567000}'],
    ['{"a":1,"a":2}', '{"a":2}'],
    ["[1]", "refused: expected a JSON object, got an array"],
    ["null", "refused: expected a JSON object, got null"],
    ['"x"', "refused: expected a JSON object, got a string"],
  ])("normalizes %j to %s", (text, expected) => {
    expect(normalized(text)).toBe(expected);
  });

  it("keeps what it does not understand as it was sent", () => {
    expect(readArguments('{"a":')).toMatchObject({ ok: false, asSent: '{"a":' });
  });

  it("keeps the model's own order of keys beside the normalized one", () => {
    const read = readArguments('{"b":1,"a":2}');
    expect(JSON.stringify(read.asSent)).toBe('{"b":1,"a":2}');
  });

  it("leaves prototypes alone", () => {
    const read = readArguments('{"__proto__":{"polluted":true}}');
    if (!read.ok) throw new Error(read.reason);
    expect(Object.getPrototypeOf(read.normalized)).toBe(Object.prototype);
    expect(JSON.stringify(read.normalized)).toBe('{"__proto__":{"polluted":true}}');
  });

  it("refuses nesting that would exhaust the stack of later readers", () => {
    const deep = `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    expect(normalized(deep)).toBe("refused: it has more than 200 levels of nesting");
  });

  it("refuses more values than any honest call has, before they are parsed", () => {
    expect(normalized(`{"a":[${"{},".repeat(1_000_000)}{}]}`)).toBe(
      "refused: it has more than 10,000 values",
    );
  });
});

describe("fingerprintOf", () => {
  it.each([
    ['{"a":1,"b":2}', '{ "b": 2,\n "a": 1 }', true],
    ['{"a":"x y"}', '{"a":"xy"}', false],
    ['{"a":', '{ "a" :', true],
    ["", "{}", true],
  ])("%j and %j alike: %s", (one, other, expected) => {
    expect(fingerprintOf(readArguments(one)) === fingerprintOf(readArguments(other))).toBe(expected);
  });
});
