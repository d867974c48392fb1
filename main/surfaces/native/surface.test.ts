import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { areas } from "../../areas/index.ts";
import type { Area } from "../../contract/define.ts";
import { fail } from "../../contract/fail.ts";
import { AUTH, createRecordingApp, type RecordingApp } from "./testing/recording-app.ts";

let app: RecordingApp["app"];
let bus: RecordingApp["bus"];
let calls: RecordingApp["calls"];
let reported: RecordingApp["reported"];
let answers: RecordingApp["answers"];

beforeEach(async () => {
  ({ app, bus, calls, reported, answers } = await createRecordingApp());
});

afterEach(() => app.close());

const get = (url: string, headers: Record<string, string> = {}) =>
  app.inject({ method: "GET", url, headers: { ...AUTH, ...headers } });
const post = (url: string, payload: string, headers: Record<string, string> = {}) =>
  app.inject({ method: "POST", url, payload, headers: { ...AUTH, ...headers } });
const errorOf = (answer: { body: string }) => (JSON.parse(answer.body) as { error: unknown }).error;

describe("calls", () => {
  test("take path, query and body, with the contract's defaults", async () => {
    answers["sessions.listMessages"] = () => ({ messages: [], total: 0 });
    await get("/gatehouse/v1/sessions/a%2Fb%20%E2%9C%93/messages?limit=7&id=other");
    expect(calls).toEqual([
      {
        name: "sessions.listMessages",
        input: { id: "a/b ✓", from: 0, limit: 7 },
        principal: expect.objectContaining({ kind: "owner", door: "api", label: "" }) as unknown,
      },
    ]);

    const id = `perm_${"b".repeat(32)}`;
    await post(
      `/gatehouse/v1/permissions/${id}/decision`,
      JSON.stringify({ id: "perm_x", decision: "deny" }),
      {
        "x-gatehouse-client": "cli",
      },
    );
    expect(calls[1]).toMatchObject({
      input: { id, decision: "deny", scope: "once" },
      principal: { kind: "owner", label: "cli" },
    });
  });

  test("answer with what the contract declares and nothing else", async () => {
    answers["tools.listTools"] = () => ({ tools: [], secret: "x" });
    const answer = await get("/gatehouse/v1/tools");
    expect(answer.statusCode).toBe(200);
    expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(answer.body).toBe('{"tools":[]}');
    expect(answer.headers["gatehouse-seq"]).toBe("0");
  });

  test("carry the number of the last event before them, refusals too", async () => {
    bus.publish("sessions.changed", {});
    answers["tools.listTools"] = () => {
      bus.publish("sessions.changed", {});
      return { tools: [] };
    };
    expect((await get("/gatehouse/v1/tools")).headers["gatehouse-seq"]).toBe("1");
    expect((await get("/gatehouse/v1/nothing")).headers["gatehouse-seq"]).toBe("2");
  });

  test("need no body where nothing has to be said, whatever the content type claims", async () => {
    answers["diagnostics.runChecks"] = () => ({ checks: [] });
    for (const headers of [{}, { "content-type": "application/json" }]) {
      expect((await post("/gatehouse/v1/diagnostics/checks", "", headers)).statusCode).toBe(200);
    }
  });
});

describe("refusals", () => {
  test("say in words what is wrong with the input", async () => {
    const answer = await post(
      "/gatehouse/v1/runs",
      JSON.stringify({ text: "", sessionId: 5, extra: 1, maxTurns: 0 }),
    );
    expect(answer.statusCode).toBe(400);
    expect(errorOf(answer)).toEqual({
      code: "request.invalid",
      message:
        'The request is not valid: sessionId must be a text; text must not be empty; maxTurns must be at least 1; it has no "extra".',
      data: {
        issues: [
          "sessionId must be a text",
          "text must not be empty",
          "maxTurns must be at least 1",
          'it has no "extra"',
        ],
      },
    });
    expect(calls).toEqual([]);
  });

  test.each([
    ["{", "The body is not valid JSON"],
    ["[]", "The body must be a JSON object."],
    ['"x"', "The body must be a JSON object."],
    ["null", "The body must be a JSON object."],
  ])("of the body %s", async (body, message) => {
    const answer = await post("/gatehouse/v1/runs", body);
    expect(answer.statusCode).toBe(400);
    expect(errorOf(answer)).toMatchObject({
      code: "request.invalid",
      message: expect.stringContaining(message) as unknown,
    });
  });

  test("of a body that is too large", async () => {
    const answer = await post("/gatehouse/v1/runs", "x".repeat(6 * 1024 * 1024 + 1));
    expect(answer.statusCode).toBe(413);
    expect(errorOf(answer)).toEqual({
      code: "request.too_large",
      message: "The body is larger than 6 MiB.",
    });
  });

  test.each([
    [`{"options":${"[".repeat(3_000_000)}`, "The body has more than 200 levels of nesting."],
    [`{"options":[${"{},".repeat(2_000_000)}`, "The body has more than 10,000 values."],
  ])("of a body with too much in it", async (body, message) => {
    const answer = await post("/gatehouse/v1/runs", body);
    expect(answer.statusCode).toBe(413);
    expect(errorOf(answer)).toEqual({ code: "request.too_large", message });
  });

  test("of an area keep code, status and data", async () => {
    answers["permissions.getPermission"] = () => {
      throw fail(areas.permissions, "already_settled", "It was allowed.", { data: { status: "allowed" } });
    };
    const answer = await get(`/gatehouse/v1/permissions/perm_${"0".repeat(32)}`);
    expect(answer.statusCode).toBe(409);
    expect(errorOf(answer)).toEqual({
      code: "permissions.already_settled",
      message: "It was allowed.",
      data: { status: "allowed" },
    });
    expect(reported).toEqual([]);
  });

  test("for a bug are vague outside and exact inside", async () => {
    answers["tools.listTools"] = () => ({ tools: [{ name: 5 }] });
    const answer = await get("/gatehouse/v1/tools");
    expect(answer.statusCode).toBe(500);
    expect(errorOf(answer)).toMatchObject({ code: "internal" });
    expect(answer.body).not.toContain("contract");
    expect(String(reported[0])).toContain(
      "tools.listTools does not fit its contract: tools[0].name must be a text",
    );
  });

  test("tell an unknown route from a wrong method", async () => {
    expect((await get("/gatehouse/v1/nothing")).statusCode).toBe(404);
    expect(errorOf(await get("/gatehouse/v1/nothing"))).toMatchObject({ code: "request.unknown_route" });
    expect((await get("/gatehouse/v1/tools/")).statusCode).toBe(404);
    const wrong = await app.inject({
      method: "PATCH",
      url: "/gatehouse/v1/runs",
      headers: AUTH,
      payload: "{",
    });
    expect(wrong.statusCode).toBe(405);
    expect(wrong.headers["allow"]).toBe("POST, GET");
    expect(errorOf(wrong)).toMatchObject({ code: "request.method_not_allowed" });
    expect((await post("/gatehouse/v1/health", "")).statusCode).toBe(405);
  });

  test("come before anything else without token, host or with a foreign origin", async () => {
    const without = await app.inject({ url: "/gatehouse/v1/tools", headers: { host: "localhost:1" } });
    expect(without.statusCode).toBe(401);
    expect(errorOf(without)).toMatchObject({ code: "request.unauthorized" });
    const unknown = await app.inject({ url: "/gatehouse/v1/nothing", headers: { host: "localhost:1" } });
    expect(unknown.statusCode).toBe(401);
    const wrongMethod = await app.inject({
      method: "PUT",
      url: "/gatehouse/v1/tools",
      headers: { host: "localhost:1" },
    });
    expect(wrongMethod.statusCode).toBe(401);
    expect((await get("/gatehouse/v1/tools", { host: "evil.example" })).statusCode).toBe(403);
    expect((await get("/gatehouse/v1/health", { origin: "https://evil.example" })).statusCode).toBe(403);
    expect((await get("/gatehouse/docs", { host: "evil.example" })).statusCode).toBe(403);
    expect(calls).toEqual([]);
  });

  test("hostile keys in a body reach nobody's prototype", async () => {
    const body =
      '{"sessionId":"s","text":"x","options":{"__proto__":{"polluted":1}},"__proto__":{"text":"y"}}';
    expect((await post("/gatehouse/v1/runs", body)).statusCode).toBe(400);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

test("health, OpenAPI and the reference need no token", async () => {
  const open = (url: string) => app.inject({ url, headers: { host: "localhost:1" } });
  expect((await open("/gatehouse/v1/health")).json()).toEqual({ ok: true, version: "9.8.7", trouble: null });

  const document = (await open("/gatehouse/v1/openapi.json")).json<{
    openapi: string;
    paths: Record<
      string,
      Record<string, { operationId?: string; parameters?: { name: string; in: string }[] }>
    >;
  }>();
  expect(document.openapi).toBe("3.1.0");
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  const declared = Object.values<Area>(areas).flatMap((area) => [
    ...Object.keys(area.endpoints),
    ...Object.keys(area.streams ?? {}),
  ]);
  const ofTheSurface = ["/health", "/handshake"];
  expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(ofTheSurface));
  expect(operations).toHaveLength(declared.length + ofTheSurface.length);
  expect(
    document.paths["/sessions/{id}/messages"]?.["get"]?.parameters?.map((p) => `${p.in} ${p.name}`),
  ).toEqual(["path id", "query from", "query limit"]);

  const page = await open("/gatehouse/docs");
  expect(page.headers["content-security-policy"]).toMatch(/^default-src 'none'; style-src 'sha256-/);
  expect(page.body).not.toMatch(/<script|https?:\/\/(?!127|localhost)|style="/);
  for (const name of declared) expect(page.body).toContain(`.${name}"`);
});
