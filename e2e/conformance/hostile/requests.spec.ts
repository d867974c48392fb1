import type { Answer, Api } from "../../fixtures/api.ts";
import { typesOf } from "../../fixtures/event-stream.ts";
import { createGlue, writeFile } from "../../fixtures/glue.ts";
import { createNative } from "../../fixtures/native.ts";
import { expect, test } from "../../fixtures/test.ts";

const NATIVE = "/gatehouse/v1";
const UNKNOWN = "00000000000000000000000000000000";

/** The two ways in that take a prompt, and what says who was refused. */
const STARTS = [
  { surface: "Glue", path: "/v1/sessions/s/runs", body: {} as object },
  { surface: "native", path: `${NATIVE}/runs`, body: { sessionId: "s" } as object },
] as const;

/** A refusal that says something, and nothing about our insides. */
function expectClearRefusal(answer: Answer, context: string): void {
  expect(answer.status, `${context}: ${answer.text}`).toBeGreaterThanOrEqual(400);
  expect(answer.status, `${context}: ${answer.text}`).toBeLessThan(500);
  const { error } = answer.json as { error: { code: string; message: string } };
  expect(error.code, context).toMatch(/^[a-z_]+(\.[a-z_]+)?$/);
  expect(error.message.length, context).toBeGreaterThan(3);
  expect(answer.text, context).not.toMatch(/node_modules|\bat \w+ \(|\.ts:\d+|FST_|ZodError|SQLITE/);
}

/** As long as nothing has happened there is nothing to see. */
async function expectNothingHappened(api: Api): Promise<void> {
  expect((await api.get("/v1/health")).status).toBe(200);
  expect((await api.get("/v1/runs")).json).toEqual({ runs: [] });
  expect((await api.get("/v1/sessions")).json).toEqual({ sessions: [] });
  expect(await createNative(api).ledger()).toEqual([]);
  expect(await createGlue(api).grants()).toEqual([]);
  expect((await createGlue(api).diagnostics()).recent_errors).toBeUndefined();
}

const nested = (depth: number, open: string, close: string) =>
  `{"text":${open.repeat(depth)}1${close.repeat(depth)}}`;

test.describe("hostile bodies", () => {
  const broken = [
    "{",
    "}",
    '{"text": "x"',
    '{"text": "x",}',
    '{text: "x"}',
    "<xml/>",
    "\u0000\u0001\u0002",
    "[".repeat(100_000),
    '{"a":'.repeat(50_000),
    nested(50_000, "[", "]"),
    nested(50_000, '{"a":', "}"),
    JSON.stringify({ text: { toString: "x" } }),
    '{"text":"\\ud800',
    '{"text":1e999}',
    "NaN",
  ];
  for (const { surface, path, body } of STARTS) {
    test(`broken and bottomless JSON on the ${surface} surface`, async ({ daemon }) => {
      for (const text of broken) {
        const full = text.startsWith('{"text"')
          ? text.replace(
              "{",
              `${JSON.stringify(body).slice(0, -1)}${Object.keys(body).length > 0 ? "," : ""}`,
            )
          : text;
        expectClearRefusal(await daemon.api.post(path, full), `${full.slice(0, 40)} (${full.length})`);
      }
      await expectNothingHappened(daemon.api);
    });

    test(`wrong types on the ${surface} surface`, async ({ daemon }) => {
      for (const text of [1, true, [], {}, ["x"], { length: 1 }]) {
        expectClearRefusal(await daemon.api.post(path, { ...body, text }), JSON.stringify(text));
      }
      for (const more of [
        { detached: "yes" },
        { detached: 1 },
        { options: "x" },
        { options: [1] },
        { model: 1 },
      ]) {
        expectClearRefusal(
          await daemon.api.post(path, { ...body, text: "x", ...more }),
          JSON.stringify(more),
        );
      }
      await expectNothingHappened(daemon.api);
    });

    test(`a body beyond the limit on the ${surface} surface`, async ({ daemon }) => {
      const answer = await daemon.api
        .post(path, { ...body, text: "x".repeat(25 * 1024 * 1024) })
        .catch(() => null);
      if (answer !== null) expectClearRefusal(answer, "25 MiB");
      const claimed = await daemon.api.raw(
        `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${daemon.port}\r\nAuthorization: Bearer ${daemon.token}\r\nContent-Length: 99999999999\r\n\r\n{`,
      );
      expect(claimed).toMatch(/^HTTP\/1\.1 4\d\d /);
      await expectNothingHappened(daemon.api);
    });

    test(`names that objects have by themselves do nothing on the ${surface} surface`, async ({ daemon }) => {
      const poisoned = `{"__proto__":{"text":"polluted","detached":true,"clientId":"evil","client_id":"evil"},"constructor":{"prototype":{"text":"polluted"}}${JSON.stringify(
        body,
      )
        .slice(1)
        .replace(/^(?=")/, ",")}`;
      expectClearRefusal(await daemon.api.post(path, poisoned), "polluted");
      const options = `${JSON.stringify({ ...body, text: "hello" }).slice(0, -1)},"options":{"__proto__":{"polluted":true},"constructor":{"a":1}}}`;
      expect((await daemon.api.post(path, options)).status).toBe(201);
      const next = await daemon.api.post("/v1/sessions/t/runs", {});
      expect((next.json as { error: { message: string } }).error.message).toBe("text or skill is required");
    });
  }

  test("options without a bottom end the run, not the daemon", async ({ modelGlue: glue, model }) => {
    const deep = `{"text":"x","options":${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}}`;
    const started = await glue.api.post("/v1/sessions/s/runs", deep);
    if (started.status !== 201) expectClearRefusal(started, "deep options");
    else
      expect(typesOf(await glue.events((started.json as { run_id: string }).run_id)).at(-1)).toMatch(/^run_/);
    model.script({ text: "still here" });
    expect((await glue.run("s", "go")).at(-1)?.envelope.payload.text).toBe("still here");
  });

  test("the native surface refuses fields that it does not know", async ({ daemon }) => {
    for (const more of [{ max_turns: 1 }, { toString: "x" }, { hasOwnProperty: 1 }]) {
      const answer = await daemon.api.post(`${NATIVE}/runs`, { sessionId: "s", text: "x", ...more });
      expectClearRefusal(answer, JSON.stringify(more));
      expect(answer.text).toContain(Object.keys(more)[0] ?? "");
    }
    await expectNothingHappened(daemon.api);
  });

  test("text of every kind comes back as it was", async ({ glue }) => {
    for (const text of [
      "\u202Eright-to-left\u202C \u200F\u2066",
      "\u0007\u001b[31mred\u001b[0m\b\b",
      "a\u0000b",
      "\ud83d lonely \udc00",
      "e\u0301 \uFEFF \u2028\u2029",
      "</script><script>alert(1)</script>",
      "'; DROP TABLE runs; --",
      "data: {}\n\nevent: run_done\nid: 1",
      "%s %n ${x} {{x}}",
    ]) {
      const frames = await glue.run("texts", text);
      expect(frames.at(-1)?.event).toBe("run_done");
      expect(frames.at(-1)?.envelope.payload.text).toBe(text.trim());
    }
  });
});

test.describe("hostile addresses", () => {
  test("a foreign Host or Origin is refused everywhere, with and without token", async ({ daemon }) => {
    const own = `127.0.0.1:${daemon.port}`;
    const paths = [
      "/v1/health",
      "/v1/status",
      "/v1/nope",
      `${NATIVE}/health`,
      `${NATIVE}/runs`,
      `${NATIVE}/events`,
      "/gatehouse/docs",
    ];
    const foreign: Record<string, string>[] = [
      { host: "evil.example" },
      { host: `evil.example:${daemon.port}` },
      { host: `127.0.0.1.evil.example:${daemon.port}` },
      { host: "127.0.0.1" },
      { host: `127.0.0.1:${daemon.port + 1}` },
      { host: `user@${own}` },
      { host: `${own}.` },
      { host: own, origin: "http://evil.example" },
      { host: own, origin: "null" },
      { host: own, origin: `https://${own}` },
      { host: own, origin: `http://127.0.0.1:${daemon.port + 1}` },
      { host: own, origin: "file://" },
      { host: own, "sec-fetch-site": "cross-site" },
    ];
    for (const path of paths) {
      for (const headers of foreign) {
        const answer = await daemon.api.get(path, { headers });
        expect(answer.status, `${path} ${JSON.stringify(headers)}`).toBe(403);
        expectClearRefusal(answer, path);
      }
    }
    for (const headers of foreign) {
      for (const { path, body } of STARTS) {
        expect((await daemon.api.post(path, { ...body, text: "x" }, { headers })).status).toBe(403);
      }
    }
    for (const lines of ["Host: ", `Host: evil.example\r\nHost: ${own}`, "X-Host: x"]) {
      const answer = await daemon.api.raw(
        `GET /v1/status HTTP/1.1\r\n${lines}\r\nAuthorization: Bearer ${daemon.token}\r\nConnection: close\r\n\r\n`,
      );
      expect(answer, lines).toMatch(/^HTTP\/1\.1 40[03] /);
    }
    await expectNothingHappened(daemon.api);
  });

  test("the names under which this machine is meant work", async ({ daemon }) => {
    for (const host of [
      `127.0.0.1:${daemon.port}`,
      `localhost:${daemon.port}`,
      `LOCALHOST:${daemon.port}`,
      `[::1]:${daemon.port}`,
    ]) {
      expect((await daemon.api.get("/v1/status", { headers: { host } })).status, host).toBe(200);
      const origin = `http://${host}`;
      expect((await daemon.api.get("/v1/status", { headers: { host, origin } })).status, origin).toBe(200);
    }
  });

  test("paths that climb, are encoded twice or are not of this server", async ({ daemon }) => {
    const unknown = [
      "/v1/../gatehouse/v1/health",
      "/v1/%2e%2e/status",
      "/v1/sessions/..%2f..%2fetc/x",
      "/v1\\status",
      "//v1/status",
      "/V1/status",
      "/gatehouse/v1/../../v1/status",
      "/gatehouse/v2/status",
      "/",
      "/favicon.ico",
      "/gatehouse",
      "/gatehouse/docs/../../../etc/passwd",
      "/gatehouse/v1/%00",
      "*",
    ];
    for (const path of unknown) {
      const answer = await daemon.api.get(path);
      expect([400, 404], `${path}: ${answer.status} ${answer.text}`).toContain(answer.status);
      expect(answer.text).not.toContain("root:");
    }
    const long = await daemon.api.post(`/v1/sessions/${"s".repeat(1025)}/runs`, { text: "x" });
    expectClearRefusal(long, "a session id of 1025 characters");
    const longer = await daemon.api.raw(
      `GET /v1/sessions/${"s".repeat(20_000)} HTTP/1.1\r\nHost: 127.0.0.1:${daemon.port}\r\n\r\n`,
    );
    expect(longer).toMatch(/^HTTP\/1\.1 4\d\d /);
    await expectNothingHappened(daemon.api);
  });

  test("what is no HTTP is told so and hung up on", async ({ daemon }) => {
    for (const bytes of [
      "\u0000\u0001\r\n\r\n",
      "GET / HTTP/9.9\r\n\r\n",
      "HELLO\r\n\r\n",
      "GET /v1/health HTTP/1.1\r\n\r\n",
      "\u0016\u0003\u0001\u0002\u0000\u0001",
    ]) {
      expect(await daemon.api.raw(bytes), JSON.stringify(bytes)).toMatch(/^HTTP\/1\.1 4\d\d /);
    }
    const smuggled = await daemon.api.raw(
      `POST /v1/sessions/s/runs HTTP/1.1\r\nHost: 127.0.0.1:${daemon.port}\r\nAuthorization: Bearer ${daemon.token}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /v1/status HTTP/1.1\r\n\r\n`,
    );
    expect(smuggled).toMatch(/^HTTP\/1\.1 400 /);
    await expectNothingHappened(daemon.api);
  });
});

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
        ["GET", `${NATIVE}/events?run=${id}`],
      ] as const) {
        const body = method === "POST" ? { allow: true, decision: "allow" } : undefined;
        const context = `${method} ${path.slice(0, 80)}`;
        expectClearRefusal(await daemon.api.call(method, path, body === undefined ? {} : { body }), context);
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
      const answer = await daemon.api.get(`${NATIVE}/runs?${query}`);
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
        `GET ${NATIVE}/events HTTP/1.1\r\nHost: 127.0.0.1:${daemon.port}\r\nAuthorization: Bearer ${daemon.token}\r\nLast-Event-ID: ${header}x\r\nConnection: close\r\n\r\n`,
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
      expectClearRefusal(await daemon.api.post(path, body), JSON.stringify(body));
      expect((await native.permission(waiting.permissionId)).status).toBe("pending");
    }
    expect((await glue.answer(waiting, { allow: false })).at(-1)?.event).toBe("run_done");
  });

  test("a body can't name another request than the path does", async ({ daemon, glue, native }) => {
    const [one, two] = [
      await glue.runUntilAsked("s", writeFile("a")),
      await glue.runUntilAsked("t", writeFile("b")),
    ];
    await daemon.api.post(`${NATIVE}/permissions/${one.permissionId}/decision`, {
      id: two.permissionId,
      decision: "allow",
    });
    expect((await native.permission(two.permissionId)).status).toBe("pending");
    expect((await native.permission(one.permissionId)).status).not.toBe("pending");
  });
});
