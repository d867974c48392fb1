import { writeFile } from "../../fixtures/glue.ts";
import { expectClearRefusal, expectNothingHappened } from "../../fixtures/refusals.ts";
import { expect, test } from "../../fixtures/test.ts";

const NATIVE = "/gatehouse/v1";
const UNKNOWN = "00000000000000000000000000000000";

test.describe("hostile ids", () => {
  const ids = [
    "x",
    "..",
    "%2e%2e%2f",
    "__proto__",
    "constructor",
    "toString",
    "%00",
    "'%20OR%201=1--",
    "%F0%9F%92%A9",
    "a".repeat(3000),
    `run_${UNKNOWN}`,
    `perm_${UNKNOWN}`,
    `run_${UNKNOWN.toUpperCase()}`,
    `run_${UNKNOWN}%20`,
    `run_${UNKNOWN}%0A`,
  ];
  test("are unknown or wrong on every route that takes one", async ({ daemon }) => {
    for (const id of ids) {
      for (const [method, path] of [
        ["GET", `/v1/runs/${id}`],
        ["GET", `/v1/runs/${id}/events`],
        ["DELETE", `/v1/runs/${id}`],
        ["POST", `/v1/runs/${id}/permissions/${id}/decision`],
        ["DELETE", `/v1/permissions/${id}`],
        ["GET", `/v1/sessions/${id}`],
        ["GET", `/v1/sessions/${id}/messages`],
        ["GET", `${NATIVE}/runs/${id}`],
        ["GET", `${NATIVE}/runs/${id}/events`],
        ["POST", `${NATIVE}/runs/${id}/cancel`],
        ["GET", `${NATIVE}/permissions/${id}`],
        ["POST", `${NATIVE}/permissions/${id}/decision`],
        ["DELETE", `${NATIVE}/grants/${id}`],
        ["POST", `${NATIVE}/grants/${id}/restore`],
        ["GET", `${NATIVE}/sessions/${id}`],
        ["DELETE", `${NATIVE}/settings/providers/${id}`],
        ["GET", `${NATIVE}/runs/${id}/stream`],
        ["GET", `${NATIVE}/events?after=${id}x`],
      ] as const) {
        const body = method === "POST" ? { allow: true, decision: "allow" } : undefined;
        const context = `${method} ${path.slice(0, 80)}`;
        const api = path.startsWith(NATIVE) ? daemon.owner : daemon.api;
        expectClearRefusal(await api.call(method, path, body === undefined ? {} : { body }), context);
      }
    }
    await expectNothingHappened(daemon.api);
  });

  test("query values that are none", async ({ daemon }) => {
    for (const query of [
      "limit=0",
      "limit=-1",
      "limit=1e9",
      "limit=x",
      "limit=1&limit=2",
      "limit[]=1",
      "after=__proto__%00",
      "search=" + "x".repeat(300),
    ]) {
      const answer = await daemon.owner.get(`${NATIVE}/runs?${query}`);
      if (answer.status !== 200) expectClearRefusal(answer, query);
    }
    for (const path of [
      "/v1/runs?limit=x&limit=y",
      "/v1/sessions?query=a&query=b",
      "/v1/sessions?limit[]=1",
      "/v1/memories?limit=1&limit=2",
      "/v1/sessions?query=%00%25_'\"*",
    ]) {
      const answer = await daemon.api.get(path);
      if (answer.status !== 200) expectClearRefusal(answer, path);
    }
    for (const query of ["?after=1&after=2", "?after[]=1", "?after=%00"]) {
      expect((await daemon.api.get(`/v1/sessions/none/messages${query}`)).status).toBe(404);
    }
    await expectNothingHappened(daemon.api);
  });

  test("headers that are none", async ({ daemon, glue }) => {
    const { run_id: runId } = await glue.start("s", "hello");
    await glue.events(runId);
    for (const header of ["", "x".repeat(4000), "evt_%00", "__proto__"]) {
      const stream = await glue.stream(runId, { "last-event-id": header });
      expect((await stream.ended).at(-1)?.event).toBe("run_done");
      const feed = await daemon.api.raw(
        `GET ${NATIVE}/events HTTP/1.1\r\nHost: 127.0.0.1:${daemon.port}\r\nAuthorization: Bearer ${daemon.owner.token}\r\nLast-Event-ID: ${header}x\r\nConnection: close\r\n\r\n`,
      );
      expect(feed).toMatch(/^HTTP\/1\.1 400 /);
    }
  });
});

test.describe("hostile decisions", () => {
  test("nothing but a clear answer answers a request", async ({ daemon, glue, native }) => {
    const waiting = await glue.runUntilAsked("s", { text: writeFile("a.txt"), client_id: "c" });
    const path = `${NATIVE}/permissions/${waiting.permissionId}/decision`;
    for (const body of [
      "",
      "{}",
      "[]",
      "null",
      '"allow"',
      { decision: "ALLOW" },
      { decision: "yes" },
      { decision: true },
      { decision: ["allow"] },
      { allow: true },
      { decision: "allow", scope: "everything" },
      { decision: "allow", scope: "constructor" },
      { decision: "allow", scope: null },
      { decision: "allow", digest: "0".repeat(64) },
      { decision: "allow", reason: "x".repeat(10_001) },
      { decision: "allow", extra: 1 },
      '{"__proto__":{"decision":"allow"}}',
    ]) {
      expectClearRefusal(await daemon.owner.post(path, body), JSON.stringify(body));
      expect((await native.permission(waiting.permissionId)).status).toBe("pending");
    }
    expect((await glue.answer(waiting, { allow: false })).at(-1)?.event).toBe("run_done");
  });

  test("a body can't name another request than the path does", async ({ daemon, glue, native }) => {
    const [one, two] = [
      await glue.runUntilAsked("s", writeFile("a")),
      await glue.runUntilAsked("t", writeFile("b")),
    ];
    await daemon.owner.post(`${NATIVE}/permissions/${one.permissionId}/decision`, {
      id: two.permissionId,
      decision: "allow",
    });
    expect((await native.permission(two.permissionId)).status).toBe("pending");
    expect((await native.permission(one.permissionId)).status).not.toBe("pending");
  });
});
