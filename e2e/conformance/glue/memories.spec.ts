import type { Api } from "../../fixtures/api.ts";
import type { ErrorBody } from "../../fixtures/glue-wire.ts";
import { expect, test } from "../../fixtures/test.ts";

interface WireMemory {
  readonly id: string;
  readonly content: string;
  readonly tags?: readonly string[];
  readonly timestamp: string;
}

const keep = async (owner: Api, content: string, tags: readonly string[] = []) => {
  const answer = await owner.post("/gatehouse/v1/memories", { content, tags });
  expect(answer.status, answer.text).toBe(201);
  return answer.json as { id: string };
};
const list = async (api: Api, query = "") =>
  ((await api.get(`/v1/memories${query}`)).json as { memories: WireMemory[] }).memories;
const wordsOf = ({ json }: { readonly json: unknown }) => (json as ErrorBody).error;

test.describe("Glue contract 9: memories", () => {
  test("22 the newest first, as many as asked for, all without a limit", async ({ daemon }) => {
    expect((await daemon.api.get("/v1/memories")).text).toBe('{"memories":[]}');
    for (const content of ["first", "second", "third"]) await keep(daemon.owner, content, ["a"]);
    expect((await list(daemon.api)).map(({ content }) => content)).toEqual(["third", "second", "first"]);
    const [newest] = await list(daemon.api, "?limit=1");
    expect(newest).toEqual({
      id: expect.stringMatching(/^mem_\d{19}_[0-9a-f]{8}$/),
      content: "third",
      tags: ["a"],
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
    expect(await list(daemon.api, "?limit=1")).toHaveLength(1);
    for (const limit of ["-1", "abc", "1.5", "1e3", "--1", "0x10"]) {
      const answer = await daemon.api.get(`/v1/memories?limit=${limit}`);
      expect(answer.status, limit).toBe(400);
      expect(wordsOf(answer).message).toBe("limit must be non-negative");
    }
    for (const limit of ["", "0", "%2010%20", "99999999999"]) {
      expect(await list(daemon.api, `?limit=${limit}`), limit).toHaveLength(3);
    }
  });

  test("22 hundreds come whole, without tags where there are none", async ({ daemon }) => {
    const memories = Array.from({ length: 700 }, (_, i) => ({ content: `note ${i}` }));
    const text = JSON.stringify({ version: 1, kind: "peggy.memories", memories });
    const imported = await daemon.owner.post("/gatehouse/v1/memories/import", { text });
    expect(imported.json).toMatchObject({ added: 700 });
    const all = await list(daemon.api);
    expect(new Set(all.map(({ content }) => content)).size).toBe(700);
    expect(Object.keys(all[0] ?? {})).toEqual(["id", "content", "timestamp"]);
    expect(await list(daemon.api, "?limit=650")).toEqual(all.slice(0, 650));
  });

  test("23 forgetting answers with what was forgotten, and it is gone", async ({ daemon }) => {
    const { id } = await keep(daemon.owner, "to be forgotten", ["x"]);
    await keep(daemon.owner, "to stay");
    const answer = await daemon.api.delete(`/v1/memories/${id}`);
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ memory: { id, content: "to be forgotten", tags: ["x"] } });
    expect((await list(daemon.api)).map(({ content }) => content)).toEqual(["to stay"]);
    const again = await daemon.api.delete(`/v1/memories/${id}`);
    expect([again.status, wordsOf(again).code]).toEqual([404, "not_found"]);
    const blank = await daemon.api.delete("/v1/memories/%20");
    expect([blank.status, wordsOf(blank).message]).toEqual([400, "memory id is required"]);
    expect((await daemon.api.delete("/v1/memories/")).status).toBe(404);
    expect((await daemon.api.get(`/v1/memories/${id}`)).status).toBe(405);
  });
});

test.describe("the tool remember", () => {
  const REMEMBER = '/remember {"content":"Staging is behind the bastion.","tags":["ops"]}';

  test("asks, keeps what was allowed, and a killed daemon still has it", async ({
    daemon,
    glue,
    start,
    place,
  }) => {
    const waiting = await glue.runUntilAsked("s", { text: REMEMBER, client_id: "cli:7" });
    expect(waiting.permission.request).toMatchObject({ tool: "remember", action: "remember" });
    expect(await list(daemon.api)).toEqual([]);
    await glue.answer(waiting, { allow: true });
    const before = await list(daemon.api);
    expect(before).toMatchObject([{ content: "Staging is behind the bastion.", tags: ["ops"] }]);
    daemon.kill("SIGKILL");
    await daemon.exited;
    const after = await start({}, place);
    expect(await list(after.api)).toEqual(before);
  });

  test("blank content is an error of the tool, and nobody is asked", async ({ daemon, glue }) => {
    const frames = await glue.run("s", '/remember {"content":" \\n "}');
    const ended = frames.find(({ envelope }) => envelope.type === "tool_end");
    expect(JSON.stringify(ended?.envelope.payload)).toContain("The memory is blank");
    expect(frames.some(({ envelope }) => envelope.type === "permission_request")).toBe(false);
    expect(await list(daemon.api)).toEqual([]);
  });

  test("what looks like a secret no client of the dialect can allow, and its terminal survives that", async ({
    daemon,
    glue,
    native,
  }) => {
    const waiting = await glue.runUntilAsked("s", '/remember {"content":"The password is hunter22"}');
    const refused = await glue.decide(waiting.runId, waiting.permissionId, { allow: true });
    expect(refused.status).toBe(200);
    expect(refused.json).toMatchObject({ accepted: false });
    expect(await list(daemon.api)).toEqual([]);
    expect((await native.decide(waiting.permissionId, { decision: "allow" })).status).toBe(200);
    await waiting.stream.ended;
    expect(await list(daemon.api)).toHaveLength(1);
  });

  test.describe("with the rule always", () => {
    test.use({ daemonOptions: { settings: { memories: { keep: "always", clients: { bot: "never" } } } } });

    test("keeps at once, and refuses whom the rule refuses, each on record", async ({
      daemon,
      glue,
      native,
    }) => {
      await glue.run("s", { text: REMEMBER, client_id: "cli:7" });
      await glue.run("s", { text: '/remember {"content":"not this"}', client_id: "bot" });
      expect((await list(daemon.api)).map(({ content }) => content)).toEqual([
        "Staging is behind the bastion.",
      ]);
      expect(await native.ledger()).toMatchObject([
        { outcome: "denied", decidedBy: { kind: "policy", name: "memories of bot: never" } },
        { outcome: "allowed", decidedBy: { kind: "policy", name: "memories: always" } },
      ]);
    });
  });

  test("hostile contents are refused or kept as text, and the daemon goes on", async ({ daemon, glue }) => {
    for (const content of ["x".repeat(4 * 1024 * 1024), "a\u0000b", "\u001b]0;title\u0007", "\ud800"]) {
      const refused = await daemon.owner.post("/gatehouse/v1/memories", { content });
      expect([400, 422], JSON.stringify(content).slice(0, 20)).toContain(refused.status);
    }
    expect(
      (await daemon.owner.post("/gatehouse/v1/memories", { content: "x".repeat(10 * 1024 * 1024) })).status,
    ).toBe(413);
    const deep = `{"content":${"[".repeat(5_000)}${"]".repeat(5_000)}}`;
    expect((await daemon.owner.post("/gatehouse/v1/memories", deep)).status).toBe(413);
    await glue.run("s", `/remember {"content":${"[".repeat(5_000)}${"]".repeat(5_000)}}`);
    await glue.run("s", `/remember {"content":"${"x".repeat(2_000_000)}"}`);
    const markup = "<img src=x onerror=alert(1)> \u202e `x` ${y}";
    await keep(daemon.owner, markup);
    expect((await list(daemon.api)).map(({ content }) => content)).toEqual([markup]);
  });
});
