import { expect, test } from "vitest";
import * as z from "zod";
import { parseBody } from "./body.ts";

const Start = z.object({
  text: z.string().default(""),
  max_turns: z.int().default(0),
  arguments: z.record(z.string(), z.string()).optional(),
  allow: z.boolean().default(false),
});
const EMPTY = { text: "", max_turns: 0, allow: false };

test.each([
  ["{}", {}],
  ["null", {}],
  ['{"text":"x"}', { text: "x" }],
  ['{"text":"x"} trailing', { text: "x" }],
  ['{"text":"a","text":"b"}', { text: "b" }],
  ['{"text":null,"max_turns":null,"arguments":null}', {}],
  ['{"unknown":[1],"__proto__":{"text":"x"}}', {}],
  ['{"max_turns":-3}', { max_turns: -3 }],
  ['{"max_turns" : 2 }', { max_turns: 2 }],
  ['{"max_turns":2.0,"max\\u005fturns":3}', { max_turns: 3 }],
  ['{"options":{"max_turns":2.0},"text":"\\"max_turns\\":2.0","n":1.5}', { text: '"max_turns":2.0' }],
  ['{"text":"max_turns","max_turns":4}', { text: "max_turns", max_turns: 4 }],
  ['{"max_turns":5} {"max_turns":2.0}', { max_turns: 5 }],
  ['{"arguments":{"issue":"GLUE-123"}}', { arguments: { issue: "GLUE-123" } }],
])("%s is taken", (body, fields) => {
  expect(parseBody(Start, body)).toEqual({ ...EMPTY, ...fields });
});

test.each([
  "",
  " ",
  "[]",
  "1",
  '"x"',
  "true",
  "{",
  "{]",
  '{"text":1}',
  '{"text":["x"]}',
  '{"max_turns":1.5}',
  '{"max_turns":2.0}',
  '{"max_turns":2e0}',
  '{"text":"}","max_turns": 20.0 }',
  '{"max_turns":3,"max\\u005fturns":2.0}',
  '{"max_turns":"1"}',
  '{"max_turns":1e300}',
  '{"arguments":{"n":1}}',
  '{"arguments":[]}',
  '{"allow":"true"}',
  '{"allow":1}',
])("%j is no body", (body) => {
  expect(() => parseBody(Start, body)).toThrow(
    expect.objectContaining({
      refusal: { status: 400, code: "invalid_request", message: "invalid JSON body" },
    }),
  );
});
