import type { ErrorBody } from "../../fixtures/glue-wire.ts";
import { expect, test } from "../../fixtures/test.ts";

test.describe("Glue contract 9: auth and generic", () => {
  test("1 health needs no token", async ({ daemon }) => {
    const answer = await daemon.api.get("/v1/health", { headers: { authorization: null } });
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({ ok: true, version: 1 });
    expect(answer.headers["content-type"]).toBe("application/json");
  });

  test("2 another method on health is 405, not 401", async ({ daemon }) => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      const answer = await daemon.api.call(method, "/v1/health", { headers: { authorization: null } });
      expect(answer.status, method).toBe(405);
      expect((answer.json as ErrorBody).error.code).toBe("method_not_allowed");
    }
  });

  test("3 every other route needs the token, unknown ones too", async ({ daemon }) => {
    const paths = [
      "/v1/status",
      "/v1/diagnostics",
      "/v1/tools",
      "/v1/permissions",
      "/v1/runs",
      "/v1/runs/x/events",
    ];
    for (const path of [...paths, "/v1/nope", "/v1/health/", "/v1/health/x", "/v1"]) {
      for (const authorization of [
        null,
        "",
        "Bearer",
        "Bearer ",
        "Bearer wrong",
        "Bearer toke",
        "Bearer tokenx",
      ]) {
        const answer = await daemon.api.get(path, { headers: { authorization } });
        expect(answer.status, `${path} with ${authorization}`).toBe(401);
        expect(answer.json).toEqual({
          error: { code: "unauthorized", message: "missing or invalid bearer token", retryable: false },
        });
        expect(answer.headers["www-authenticate"]).toBeUndefined();
      }
    }
  });

  test("4 the bearer header is taken exactly", async ({ daemon }) => {
    for (const authorization of [
      "bearer token",
      "BEARER token",
      "Bearer  token",
      "Token token",
      "token",
      "Bearer\ttoken",
    ]) {
      const answer = await daemon.api.get("/v1/status", { headers: { authorization } });
      expect(answer.status, JSON.stringify(authorization)).toBe(401);
    }
    const padded = await daemon.api.raw(
      `GET /v1/status HTTP/1.1\r\nHost: 127.0.0.1:${daemon.port}\r\nAuthorization:   Bearer token  \r\nConnection: close\r\n\r\n`,
    );
    expect(padded, "blanks around a header's value belong to HTTP").toMatch(/^HTTP\/1\.1 200 /);
    const twice = await daemon.api.raw(
      `GET /v1/status HTTP/1.1\r\nHost: 127.0.0.1:${daemon.port}\r\nAuthorization: Bearer wrong\r\nAuthorization: Bearer token\r\nConnection: close\r\n\r\n`,
    );
    expect(twice, "only the first header counts").toMatch(/^HTTP\/1\.1 401 /);
  });

  test("5 what is no route is 404, a trailing slash too", async ({ daemon }) => {
    const paths = [
      "/v1/nope",
      "/v1/health/",
      "/v1/status/",
      "/v1/runs/",
      "/v1/memories/",
      "/v1/permissions/",
      "/v1/",
    ];
    for (const path of [
      ...paths,
      "/v1/sessions//runs",
      "/v1/runs//events",
      "/v1//status",
      "/v1/runs/a/b/c",
    ]) {
      const answer = await daemon.api.get(path);
      expect(answer.status, path).toBe(404);
      expect(answer.json).toEqual({
        error: { code: "not_found", message: "route not found", retryable: false },
      });
    }
    for (const [method, path] of [
      ["POST", "/v1/sessions//runs"],
      ["DELETE", "/v1/permissions/"],
      ["DELETE", "/v1/memories/"],
      ["DELETE", "/v1/runs/"],
    ] as const) {
      expect((await daemon.api.call(method, path, { body: {} })).status, `${method} ${path}`).toBe(404);
    }
  });

  test("5 events and runs are names like others where an id stands", async ({ daemon }) => {
    expect((await daemon.api.post("/v1/sessions/runs", { text: "hi" })).status).not.toBe(201);
    const answer = await daemon.api.get("/v1/runs/events");
    expect(answer.status).toBe(404);
  });

  test("6 another method on a known path is 405", async ({ daemon }) => {
    for (const [method, path] of [
      ["POST", "/v1/tools"],
      ["GET", "/v1/recall"],
      ["POST", "/v1/runs/x"],
      ["GET", "/v1/memories/x"],
      ["PUT", "/v1/permissions/x"],
      ["GET", "/v1/sessions/x/runs"],
      ["POST", "/v1/runs/x/events"],
      ["DELETE", "/v1/runs/x/events"],
      ["GET", "/v1/runs/x/permissions/y/decision"],
      ["OPTIONS", "/v1/status"],
      ["PATCH", "/v1/diagnostics"],
      ["POST", "/v1/status"],
      ["GET", "/v1/mcp/resources/read"],
      ["GET", "/v1/mcp/prompts/get"],
    ] as const) {
      const answer = await daemon.api.call(method, path);
      expect(answer.status, `${method} ${path}`).toBe(405);
      expect(answer.json).toEqual({
        error: { code: "method_not_allowed", message: "method not allowed", retryable: false },
      });
    }
  });

  test("6 HEAD is not special, and its answer has no body", async ({ daemon }) => {
    const head = await daemon.api.raw(
      `HEAD /v1/status HTTP/1.1\r\nHost: 127.0.0.1:${daemon.port}\r\nAuthorization: Bearer token\r\nConnection: close\r\n\r\n`,
    );
    expect(head).toMatch(/^HTTP\/1\.1 405 /);
    expect(head.split("\r\n\r\n")[1]).toBe("");
  });

  test("7 every refusal has the error envelope", async ({ daemon }) => {
    const { run_id: runId } = (await daemon.api.post("/v1/sessions/s/runs", { text: "hi" })).json as {
      run_id: string;
    };
    const refusals = [
      await daemon.api.get("/v1/status", { headers: { authorization: null } }),
      await daemon.api.get("/v1/status", { headers: { host: "evil.example" } }),
      await daemon.api.get("/v1/nope"),
      await daemon.api.post("/v1/tools", {}),
      await daemon.api.post("/v1/sessions/s/runs", "{"),
      await daemon.api.post("/v1/sessions/s/runs", {}),
      await daemon.api.get("/v1/runs/run_x/events"),
      await daemon.api.post(`/v1/runs/${runId}/permissions/perm_x/decision`, { allow: true }),
      await daemon.api.delete("/v1/permissions/grant_x"),
      await daemon.api.post("/v1/recall", { query: "" }),
      await daemon.api.get("/v1/sessions/50%"),
    ];
    for (const { status, json, headers, text } of refusals) {
      expect(status, text).toBeGreaterThanOrEqual(400);
      const { error } = json as ErrorBody;
      expect(Object.keys(error)).toEqual(["code", "message", "retryable"]);
      expect(error.code, text).toMatch(/^[a-z_.]+$/);
      expect(error.message).not.toBe("");
      expect(error.retryable).toBe(false);
      expect(headers["content-type"]).toBe("application/json");
    }
  });

  test("8 unknown fields of a start are ignored", async ({ daemon }) => {
    const body =
      '{"text":"hi","colour":"red","permissions":[],"__proto__":{"text":1},"constructor":{"prototype":{"text":""}}}';
    expect((await daemon.api.post("/v1/sessions/s/runs", body)).status).toBe(201);
  });

  test("9 what is no object with the right types is an invalid JSON body", async ({ daemon }) => {
    const bodies = [
      "",
      " ",
      "[]",
      "[1]",
      '"x"',
      "1",
      "true",
      "{",
      '{"text":}',
      "nul",
      "\u0000",
      "{'text':'x'}",
    ];
    const wrongTypes = [
      { text: 1 },
      { text: {} },
      { text: "x", max_turns: 1.5 },
      { text: "x", max_turns: "2" },
      { text: "x", client_id: 7 },
      { text: "x", model: [] },
      { text: "x", options: [] },
      { text: "x", options: "a" },
      { skill: "x", arguments: { a: 1 } },
      { skill: "x", arguments: [] },
      { text: "x", role: false },
    ];
    for (const body of [...bodies, ...wrongTypes.map((value) => JSON.stringify(value))]) {
      const answer = await daemon.api.post("/v1/sessions/s/runs", body);
      expect(answer.status, body).toBe(400);
      expect((answer.json as ErrorBody).error, body).toEqual({
        code: "invalid_request",
        message: "invalid JSON body",
        retryable: false,
      });
    }
  });

  test("9 null is the same as absent, for a field and for the whole", async ({ daemon }) => {
    const whole = await daemon.api.post("/v1/sessions/s/runs", "null");
    expect((whole.json as ErrorBody).error.message).toBe("text or skill is required");
    const fields = {
      text: "hi",
      skill: null,
      client_id: null,
      max_turns: null,
      options: null,
      arguments: null,
    };
    expect((await daemon.api.post("/v1/sessions/s/runs", fields)).status).toBe(201);
  });

  test("9 what follows the first JSON value is ignored, and of a name said twice the last counts", async ({
    daemon,
    glue,
  }) => {
    for (const body of [
      '{"text":"one"} trailing',
      '{"text":"a}b"}{"text":"two"}',
      '{"text":"x"}\n\n]]',
      '\n {"text":"x"} null',
    ]) {
      expect((await daemon.api.post("/v1/sessions/s/runs", body)).status, body).toBe(201);
    }
    const started = await daemon.api.post("/v1/sessions/twice/runs", '{"text":"first","text":"last"}');
    const frames = await glue.events((started.json as { run_id: string }).run_id);
    expect(frames.at(-1)?.envelope.payload.text).toBe("last");
  });

  test("9 the content type is not looked at, nor is the query", async ({ daemon }) => {
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data",
      "nonsense",
      null,
    ]) {
      const answer = await daemon.api.post(
        "/v1/sessions/s/runs?text=1&x[]=2",
        { text: "hi" },
        { headers: { "content-type": type } },
      );
      expect(answer.status, String(type)).toBe(201);
    }
  });

  test("10 a text of 5 MiB is taken", async ({ glue }) => {
    const text = "word ".repeat(1024 * 1024).trim();
    const { run_id: runId } = await glue.start("big", { text, detached: true });
    expect((await glue.cancel(runId)).status).toBe(202);
  });

  test("48 the session id is the path segment, decoded once", async ({ daemon }) => {
    for (const [segment, id] of [
      ["telegram:42", "telegram:42"],
      ["telegram%3A42", "telegram:42"],
      ["a%20b", "a b"],
      ["%E2%9C%93", "✓"],
      ["a%2Fb", "a/b"],
      ["50%25", "50%"],
      ["%20", " "],
      ["50%2525", "50%25"],
      ["..", ".."],
      ["__proto__", "__proto__"],
      ["a+b", "a+b"],
      ["x;y=1", "x;y=1"],
    ] as const) {
      const answer = await daemon.api.post(`/v1/sessions/${segment}/runs`, { text: "hi" });
      expect(answer.status, segment).toBe(201);
      expect((answer.json as { session_id: string }).session_id).toBe(id);
    }
  });

  test("48 a segment that can't be decoded is refused", async ({ daemon }) => {
    for (const segment of ["50%", "%zz", "%E2%9C", "%C0%AF"]) {
      const answer = await daemon.api.post(`/v1/sessions/${segment}/runs`, { text: "hi" });
      expect(answer.status, segment).toBe(400);
      expect((answer.json as ErrorBody).error.message).toBe("The path can't be decoded.");
    }
    const { sessions } = (await daemon.api.get("/v1/sessions")).json as { sessions: unknown[] };
    expect(sessions).toEqual([]);
  });
});
