import { expect, test } from "vitest";
import { encodeBody } from "./encode-body.ts";

const text = async (body: object) => Buffer.from(await encodeBody(body)).toString();

test.each([
  {},
  { a: 1 },
  { model: "m", messages: [], stream: true, stop: null },
  {
    messages: [{ role: "user", content: '"✓\u2028\ud83d' }, { role: "tool" }],
    tools: [1, [2]],
    left: undefined,
  },
])("is the same JSON as written at once: %j", async (body) => {
  expect(await text(body)).toBe(JSON.stringify(body));
});

test("gives way between the messages of a long conversation", async () => {
  const messages = Array.from({ length: 150 }, (_, at) => ({
    role: "user",
    content: `${at} \n"`.repeat(6_000),
  }));
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  expect(JSON.parse(await text({ messages }))).toEqual({ messages });
  clearInterval(timer);
  expect(turns).toBeGreaterThan(1);
});

test("what no model reads is an overflow, which has the conversation condensed", async () => {
  const messages = Array.from({ length: 13 }, () => ({ role: "user", content: "x".repeat(1024 * 1024) }));
  await expect(encodeBody({ messages })).rejects.toMatchObject({ name: "ModelError", status: 413 });
});
