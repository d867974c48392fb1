import { expect, test } from "vitest";
import { jsonBytes, jsonPieces } from "./json-pieces.ts";

const long = (unit: string, characters = 200_000) => unit.repeat(characters / unit.length);

test.each([
  null,
  true,
  1.5,
  "",
  '"✓\u2028\ud83d',
  {},
  [],
  { a: undefined, b: [1, null, { c: [] }], "ke\ny": "x" },
  long("plain"),
  long('"\\\n\u0001'),
  long("✓"),
  long("🙂"),
  `x${long("🙂")}`,
  long("\ud83d"),
  long("\udc00\ud83d"),
  [long("a"), { b: long("🙂"), c: undefined, [long("key")]: { d: [long("e"), 1] } }],
  Array.from({ length: 9_000 }, (_, at) => ({ at, text: "some text" })),
])("is the same JSON as written at once: %#", async (value) => {
  expect([...jsonPieces(value)].join("")).toBe(JSON.stringify(value));
  expect((await jsonBytes(value)).equals(Buffer.from(JSON.stringify(value)))).toBe(true);
});

test("no piece is long, however long a text is", () => {
  const longest = Math.max(
    ...Array.from(jsonPieces({ text: "\u0001".repeat(1_000_000) }), (it) => it.length),
  );
  expect(longest).toBeLessThanOrEqual(6 * 64 * 1024);
});

test("gives way on a long way, and stops where it is told to", async () => {
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  await jsonBytes({ text: '"\\\n'.repeat(3_000_000) });
  clearInterval(timer);
  expect(turns).toBeGreaterThan(1);
  const tooLong = jsonBytes({ text: long("x", 1_000_000) }, (size) => {
    if (size > 100_000) throw new Error(`${size} are too many`);
  });
  await expect(tooLong).rejects.toThrow(/^1\d\d\d\d\d are too many$/);
});
