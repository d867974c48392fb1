import { expect, test } from "vitest";
import * as z from "zod";
import { schemaOf } from "../openapi.ts";
import { schemaRows } from "./schema-rows.ts";

const lines = (schema: z.ZodType) =>
  schemaRows(schemaOf(schema, "input")).map(({ name, type, notes, isRequired, depth }) =>
    `${"  ".repeat(depth)}${name}${isRequired ? "" : "?"}: ${type} ${notes}`.trimEnd(),
  );

test("fields, nested fields, lists, alternatives and nothing at all", () => {
  expect(
    lines(
      z.object({
        id: z.string().min(1).max(5),
        count: z.int().min(0).optional(),
        limit: z.coerce.number().int().min(1).max(500).default(100),
        note: z.string().nullable(),
        kind: z.enum(["a", "b"]).nullable(),
        tags: z.array(z.string()),
        rows: z.array(z.object({ at: z.number() })),
        channels: z.record(z.string(), z.boolean()),
        body: z.discriminatedUnion("type", [
          z.object({ type: z.literal("x"), text: z.string() }),
          z.object({ type: z.literal("y") }),
        ]),
        extra: z.unknown(),
      }),
    ),
  ).toEqual([
    "id: text 1 to 5 characters",
    "count?: whole number at least 0",
    "limit?: whole number default 100, 1 to 500",
    "note: text or null",
    'kind: "a" | "b" or null',
    "tags: list of text",
    "rows: list of object",
    "  at: number",
    "channels: object of true or false",
    "body: object",
    "  type: x:",
    '    type: "x"',
    "    text: text",
    "  type: y:",
    '    type: "y"',
    "extra: anything",
  ]);
  expect(lines(z.object({}))).toEqual([]);
});
