import type { AskedQuestion, Question } from "../../../main/areas/questions/contract.ts";
import type { Api } from "../../fixtures/api.ts";
import { expect, test } from "../../fixtures/test.ts";

const PATH = "/gatehouse/v1/questions";
const deep = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;

/** Asks with a key that may only ask. */
async function askerOf(owner: Api, name: string) {
  const { json } = await owner.post("/gatehouse/v1/keys", { name, scopes: ["ask"] });
  const headers = { authorization: `Bearer ${(json as { token: string }).token}` };
  return {
    ask: (body: unknown) => owner.post(PATH, body, { headers }),
    get: (path: string) => owner.get(path, { headers }),
  };
}
const pending = async (owner: Api) => ((await owner.get(PATH)).json as { questions: Question[] }).questions;

test("what nobody could read or answer is refused as a whole, and nothing of it waits", async ({
  daemon: { owner },
}) => {
  const text = "Which?";
  const field = { type: "string" };
  const values = Array.from({ length: 50 }, (_, at) => `${at}`.padEnd(200, "x"));
  const fields = (count: number, of: object) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${at}`, of]));
  for (const [body, status] of [
    [{}, 400],
    [{ text: "" }, 400],
    [{ text: 7 }, 400],
    [{ text: "x".repeat(8_001) }, 400],
    [{ text, choices: Array.from({ length: 21 }, (_, at) => `c${at}`) }, 400],
    [{ text, choices: ["same", "same"] }, 422],
    [{ text, choices: ["a"], form: { properties: { a: field } } }, 422],
    [{ text, form: { properties: fields(21, field) } }, 400],
    [{ text, form: { properties: fields(4, { ...field, enum: values }) } }, 413],
    [{ text, form: { properties: { a: { type: "object", properties: { b: field } } } } }, 400],
    [{ text, form: { properties: { a: { ...field, pattern: "(x+x+)+y" } } } }, 400],
    [{ text, form: JSON.parse('{"properties":{"__proto__":{"type":"string"}}}') as unknown }, 400],
    [{ text, onTimeout: "default" }, 422],
    [{ text, timeoutSeconds: 1e12 }, 400],
    [{ text, patienceSeconds: 0 }, 400],
    [{ text, folder: "../etc" }, 422],
    [{ text, door: "run" }, 400],
    [{ text, runId: `run_${"0".repeat(32)}` }, 400],
    [`{"text":"x","choices":${deep(150_000)}}`, 413],
    [deep(20), 400],
  ] as const) {
    const told = await owner.post(PATH, body);
    expect(told.status, JSON.stringify(body).slice(0, 120)).toBe(status);
  }
  expect(await pending(owner)).toEqual([]);
});

test("one asker takes nobody else's room, and what an answer is made of is checked", async ({
  daemon: { owner },
}) => {
  const greedy = await askerOf(owner, "greedy");
  const modest = await askerOf(owner, "modest");
  for (let i = 0; i < 50; i += 1) expect((await greedy.ask({ text: `${i}` })).status).toBe(200);
  expect((await greedy.ask({ text: "one more" })).status).toBe(429);
  const asked = await modest.ask({ text: "mine", choices: ["a", "b"] });
  expect(asked.status).toBe(200);
  const { id } = asked.json as AskedQuestion;
  for (const answer of [
    undefined,
    null,
    "a",
    { kind: "text", text: "a" },
    { kind: "choices", values: "a" },
    { kind: "choices", values: [] },
    { kind: "choices", values: ["c"] },
    { kind: "choices", values: ["a", "b"] },
    { kind: "choices", values: ["a"], more: true },
    { kind: "form", fields: JSON.parse('{"__proto__":"a"}') as unknown },
    { kind: "text", text: "x".repeat(20_001) },
  ]) {
    const { status } = await owner.post(`${PATH}/${id}/answer`, { answer });
    expect([400, 422], JSON.stringify({ answer }).slice(0, 80)).toContain(status);
  }
  expect((await greedy.get(`${PATH}/${id}/answer`)).status).toBe(404);
  expect((await modest.get(`${PATH}/${id}/answer`)).json).toMatchObject({ status: "pending" });
});

test("an agent's words come back as they were, and do nothing on the way", async ({ daemon: { owner } }) => {
  const text = "<script>alert(1)</script> \u202e\u0000 ${x} `rm -rf ~` \ud800 [a](javascript:1) 'OR 1=1--";
  const { json } = await owner.post(PATH, {
    text,
    choices: ["<img src=x onerror=1>"],
    key: "k'; DROP TABLE questions",
  });
  const { id } = json as AskedQuestion;
  expect(await pending(owner)).toMatchObject([{ id, choices: [{ label: "<img src=x onerror=1>" }] }]);
  const told = await owner.get(`${PATH}/${id}`);
  expect(told.headers["content-type"]).toContain("application/json");
  expect((told.json as Question).text.startsWith("<script>alert(1)</script> \u202e")).toBe(true);
});
