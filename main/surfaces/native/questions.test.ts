import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DecisionRecord } from "../../areas/permissions/contract.ts";
import type { AskedQuestion, Question } from "../../areas/questions/contract.ts";
import { startHeadlessDaemon, type HeadlessDaemon } from "../../testing/headless-daemon.ts";

let daemon: HeadlessDaemon;
let owner = "";
const keys: Record<string, string> = {};

async function call<T>(token: string, method: string, path: string, body?: object) {
  const answer = await fetch(`${daemon.connection.base_url}/gatehouse/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, json: (await answer.json()) as T };
}
const keyNamed = (name: string) => keys[name] ?? "";

beforeAll(async () => {
  daemon = await startHeadlessDaemon();
  owner = daemon.connection.token;
  for (const [name, scopes] of Object.entries({
    asker: ["ask"],
    other: ["ask"],
    answerer: ["follow", "answer"],
    follower: ["follow"],
  })) {
    keys[name] = (await call<{ token: string }>(owner, "POST", "/keys", { name, scopes })).json.token;
  }
}, 20_000);

afterAll(() => daemon.remove());

const question = { text: "Which branch?", choices: ["main", "release"], folder: "/code/app", door: "hook" };
const ask = async (more: object = {}, name = "asker") =>
  (await call<AskedQuestion>(keyNamed(name), "POST", "/questions", { ...question, ...more })).json;

test("a key that only asks gets its answer by long poll, once it is answered with another", async () => {
  const { id, status } = await ask();
  expect(status).toBe("pending");
  const poll = call<AskedQuestion>(keyNamed("asker"), "GET", `/questions/${id}/answer?waitMs=20000`);
  const body = { answer: { kind: "choices", values: ["release"] } };
  expect(await call(keyNamed("answerer"), "POST", `/questions/${id}/answer`, body)).toMatchObject({
    status: 200,
    json: { status: "answered", decidedBy: { kind: "key", name: "answerer" } },
  });
  expect((await poll).json).toMatchObject({ id, status: "answered", words: "release" });

  const late = { answer: { kind: "choices", values: ["main"] } };
  expect(await call(keyNamed("answerer"), "POST", `/questions/${id}/answer`, late)).toMatchObject({
    status: 409,
    json: { error: { code: "questions.already_settled" } },
  });
  const { json } = await call<{ decisions: DecisionRecord[] }>(owner, "GET", "/decisions");
  expect(json.decisions.slice(0, 1)).toMatchObject([
    {
      questionId: id,
      outcome: "answered",
      reason: "release",
      clientId: "asker",
      decidedBy: { kind: "key", name: "answerer" },
    },
  ]);
});

describe("rights", () => {
  test("who only asks sees nobody's question, not even its own, and answers none", async () => {
    const { id } = await ask();
    for (const [method, path, body] of [
      ["GET", "/questions", undefined],
      ["GET", `/questions/${id}`, undefined],
      ["POST", `/questions/${id}/answer`, { answer: { kind: "choices", values: ["main"] } }],
      ["POST", `/questions/${id}/decline`, {}],
    ] as const) {
      expect((await call(keyNamed("asker"), method, path, body)).status).toBe(403);
    }
    expect((await call(keyNamed("other"), "GET", `/questions/${id}/answer`)).status).toBe(404);
    expect((await call(keyNamed("other"), "DELETE", `/questions/${id}`)).status).toBe(404);
    expect((await call(owner, "GET", `/questions/${id}/answer`)).status).toBe(404);
    expect(await call(keyNamed("asker"), "DELETE", `/questions/${id}`)).toMatchObject({
      json: { status: "withdrawn" },
    });
  });

  test("who follows sees what waits, and answers nothing", async () => {
    const { id } = await ask();
    const listed = await call<{ questions: Question[] }>(keyNamed("follower"), "GET", "/questions");
    expect(listed.json.questions).toMatchObject([{ id, text: "Which branch?" }]);
    const body = { answer: { kind: "choices", values: ["main"] } };
    expect((await call(keyNamed("follower"), "POST", `/questions/${id}/answer`, body)).status).toBe(403);
    expect((await call(keyNamed("follower"), "POST", "/questions", question)).status).toBe(403);
    expect(
      await call(keyNamed("answerer"), "POST", `/questions/${id}/decline`, { reason: "no" }),
    ).toMatchObject({
      json: { status: "declined", reason: "no" },
    });
  });

  test("the id of another kind, or of none, is no question", async () => {
    for (const id of [`ques_${"0".repeat(32)}`, "ques_x", "%2e%2e", `perm_${"0".repeat(32)}`]) {
      const { status } = await call(owner, "GET", `/questions/${id}`);
      expect([400, 404, 422]).toContain(status);
    }
  });
});

test("of many who answer at once exactly one is first, and the asker hears that one", async () => {
  for (let round = 0; round < 5; round += 1) {
    const { id } = await ask({ key: `race ${round}` });
    const poll = call<AskedQuestion>(keyNamed("asker"), "GET", `/questions/${id}/answer?waitMs=20000`);
    const values = ["main", "release"];
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        i % 4 === 3
          ? call<Question>(keyNamed("asker"), "DELETE", `/questions/${id}`)
          : call<Question>(owner, "POST", `/questions/${id}/answer`, {
              answer: { kind: "choices", values: [values[i % 2]] },
            }),
      ),
    );
    const won = answers.filter(({ status }, i) => i % 4 !== 3 && status === 200);
    const { json: told } = await poll;
    expect(won.length).toBe(told.status === "answered" ? 1 : 0);
    if (told.status === "answered") expect(won[0]?.json.answer).toEqual(told.answer);
    expect((await ask({ key: `race ${round}` })).status).toBe(
      told.status === "answered" ? "answered" : "pending",
    );
  }
});
