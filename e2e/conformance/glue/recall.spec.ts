import type { Api } from "../../fixtures/api.ts";
import { eventually } from "../../fixtures/eventually.ts";
import type { ErrorBody } from "../../fixtures/glue-wire.ts";
import { expect, test } from "../../fixtures/test.ts";

interface WireHit {
  readonly session_id: string;
  readonly index: number;
  readonly role?: string;
  readonly snippet: string;
  readonly score: number;
  readonly timestamp: string;
}

async function recall(api: Api, body: unknown): Promise<WireHit[]> {
  const answer = await api.post("/v1/recall", body);
  expect(answer.status, answer.text).toBe(200);
  return (answer.json as { hits: WireHit[] }).hits;
}

const refusal = async (api: Api, body: unknown) => {
  const { status, json } = await api.post("/v1/recall", body);
  return [status, (json as ErrorBody).error.message];
};

test.describe("Glue contract 9: recall", () => {
  test("18 it is supported, and says so", async ({ glue, daemon }) => {
    expect((await glue.status()).capabilities).toContain("recall");
    expect(await recall(daemon.api, { query: "x" })).toEqual([]);
  });

  test("19 what is wrong is refused in the contract's order", async ({ daemon }) => {
    for (const body of [
      "{",
      "",
      "[]",
      '{"query":1}',
      '{"query":"x","limit":1.5}',
      '{"query":"x","limit":"1"}',
    ])
      expect(await refusal(daemon.api, body), body).toEqual([400, "invalid JSON body"]);
    for (const query of ["", "  ", null])
      expect(await refusal(daemon.api, { query, limit: -1 })).toEqual([400, "query is required"]);
    expect(await refusal(daemon.api, { query: "x", limit: -1 })).toEqual([400, "limit must be non-negative"]);
    expect(await refusal(daemon.api, { query: "x", limit: "1" })).toEqual([400, "invalid JSON body"]);
  });

  test("20 hits have their place, a marked snippet of 16 words and a score, the best first", async ({
    glue,
    daemon,
  }) => {
    const words = Array.from({ length: 40 }, (_, i) => `w${i}`);
    await glue.run("telegram:42", `${words.slice(0, 20).join(" ")} lantern ${words.slice(20).join(" ")}`);
    await glue.run("s2", "a lantern, a Lantern");
    const hits = await recall(daemon.api, { query: "lantern" });
    expect(hits.length).toBeGreaterThanOrEqual(2);
    for (const hit of hits) {
      expect(Object.keys(hit)).toEqual(["session_id", "index", "role", "snippet", "score", "timestamp"]);
      expect(hit.score).toBeLessThan(0);
      expect(Date.parse(hit.timestamp)).toBeGreaterThan(Date.now() - 60_000);
    }
    expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).toSorted((a, b) => a - b));
    const long = hits.find(({ session_id, role }) => session_id === "telegram:42" && role === "user");
    expect(long).toMatchObject({ index: 0 });
    expect(long?.snippet).toMatch(/^\.\.\.w\d+ .*<<lantern>> .*w\d+\.\.\.$/);
    expect(long?.snippet.split(" ")).toHaveLength(16);
    expect(await recall(daemon.api, { query: "lantern", limit: 1 })).toHaveLength(1);
    expect(await recall(daemon.api, { query: "lantern", limit: 1, memories_only: true })).toEqual([]);
  });

  test("20 five hits unless more are asked for, and at most twenty", async ({ glue, daemon }) => {
    for (let i = 0; i < 13; i += 1) await glue.run("s", `pebble number ${i}`);
    expect(await recall(daemon.api, { query: "pebble" })).toHaveLength(5);
    expect(await recall(daemon.api, { query: "pebble", limit: 0 })).toHaveLength(5);
    expect(await recall(daemon.api, { query: "pebble", limit: 1_000 })).toHaveLength(20);
  });

  test("21 no question fails, and operators mean what they do in FTS5", async ({ glue, daemon }) => {
    const said = [
      "what's the plan for foo-bar in GLUE-123",
      "rewrite it in C++",
      "ship 🚀",
      "我们去北京",
      "สวัสดีครับ",
    ];
    for (const text of said) await glue.run("s", text);
    const found = async (query: string) => {
      const hits = await recall(daemon.api, { query, limit: 20 });
      return hits.filter(({ role }) => role === "user").map(({ index }) => said[index / 2]);
    };
    for (const query of [
      "what's",
      "foo-bar",
      "GLUE-123",
      '"the plan"',
      "pl*",
      "nothing OR plan",
      "plan NOT ship",
    ])
      expect(await found(query), query).toEqual([said[0]]);
    expect(await found("C++")).toEqual([said[1]]);
    expect(await found("🚀")).toEqual([said[2]]);
    expect(await found("北京")).toEqual([said[3]]);
    expect(await found("สวัสดี")).toEqual([said[4]]);
    for (const query of [
      '"',
      '""',
      "AND",
      "NOT",
      "(((",
      "*",
      "a:b",
      "NEAR(a b)",
      "\0",
      "\ud800",
      "{x}",
      "^a",
    ])
      await recall(daemon.api, { query });
    await recall(daemon.api, { query: "x ".repeat(5_000) });
    await recall(daemon.api, { query: "x".repeat(10_000) });
  });

  test("an agent asks with the tool recall, without a permission", async ({ glue }) => {
    await glue.run("s", "the password of the shed is on the blue shelf");
    const frames = await glue.run("s", '/recall {"query":"blue shelf"}');
    const end = frames.find(({ event }) => event === "tool_end");
    const told = JSON.stringify(end?.envelope.payload);
    expect(told).toContain("<<blue>> <<shelf>>");
    expect(told).toContain('user in session \\"s\\"');
  });
});

test("memories are found with messages and alone, and what is deleted is gone at once", async ({
  glue,
  daemon,
}) => {
  const { api, owner } = daemon;
  await glue.run("shed", "the gate code of the shed is written on the beam");
  const kept = await owner.post("/gatehouse/v1/memories", { content: "The gate code is on the blue note." });
  const { id } = kept.json as { id: string };
  const [memory] = await recall(api, { query: "gate code", memories_only: true });
  expect(memory).toMatchObject({
    session_id: "__memories__",
    role: "assistant",
    snippet: "The <<gate>> <<code>> is on the blue note.",
  });
  expect(await recall(api, { query: "gate code" })).toHaveLength(3);
  expect((await api.delete(`/v1/memories/${id}`)).status).toBe(200);
  expect(await recall(api, { query: "gate code", memories_only: true })).toEqual([]);
  const deleted = await owner.post("/gatehouse/v1/sessions/delete", { ids: ["shed"] });
  expect(deleted.status, deleted.text).toBeLessThan(300);
  expect(await recall(api, { query: "gate code" })).toEqual([]);
});

test("what was said is found by the daemon that is started next, also after a kill", async ({
  glue,
  daemon,
  start,
}) => {
  await glue.run("s", "marmalade on toast");
  await recall(daemon.api, { query: "marmalade" });
  await glue.run("s", "porridge with honey");
  daemon.kill("SIGKILL");
  await daemon.exited;
  const next = await start();
  for (const query of ["marmalade", "porridge"]) {
    const hits = await eventually(
      () => recall(next.api, { query }),
      (each) => each.length > 0,
    );
    expect(hits[0]).toMatchObject({ session_id: "s" });
  }
});
