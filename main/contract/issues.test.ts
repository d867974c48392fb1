import { expect, test } from "vitest";
import * as z from "zod";
import { inWords, issuesInWords } from "./issues.ts";

function wordsFor(schema: z.ZodType, value: unknown): string[] {
  const parsed = schema.safeParse(value, { error: inWords });
  return parsed.success ? [] : issuesInWords(parsed.error);
}

test("say where and what", () => {
  const schema = z.strictObject({ name: z.string(), list: z.array(z.int()) });
  expect(wordsFor(schema, { name: 1, list: [1, "x"], more: 1 })).toEqual([
    "name must be a text",
    "list[1] must be a number",
    'it has no "more"',
  ]);
});

test("stay short however much is wrong", () => {
  const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`${at}`.padEnd(1_000, "x"), 1]));
  const unknown = wordsFor(z.strictObject({}), many);
  expect(unknown[0]).toMatch(/^it has no "0x{199}…", .* and 4980 more$/);
  const wrong = wordsFor(z.record(z.string(), z.string()), many);
  expect(wrong).toHaveLength(21);
  expect(wrong.at(-1)).toBe("and 4980 more");
  expect(Math.max(...[...unknown, ...wrong].map(({ length }) => length))).toBeLessThan(5_000);
});
