import { request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { areas } from "../../areas/contracts.ts";
import type { Caller } from "../../contract/define.ts";
import { fail } from "../../contract/fail.ts";
import { RunId } from "../../contract/ids.ts";
import { createBus, type Bus } from "../../kernel/bus.ts";
import { createBearerCheck } from "../../transport/authenticate.ts";
import { createAuthenticateHook, createGuardHook } from "../../transport/hooks.ts";
import { createHttpServer, type HttpServer } from "../../transport/http.ts";
import type { Handlers } from "./area-routes.ts";
import type { RunFollower } from "./event-feed.ts";
import { mountNative, type AreaRoutes } from "./surface.ts";

const RUN = RunId.parse(`run_${"a".repeat(32)}`);
const AUTH = { host: "localhost:1", authorization: "Bearer secret" };

let app: HttpServer;
let bus: Bus;
let calls: { name: string; input: unknown; caller: Caller }[];
let reported: unknown[];
let answers: Record<string, (input: never) => unknown>;

/** Every endpoint of every area answers through `answers`, and says what it was called with. */
function recordingRoutes(): AreaRoutes {
  const routesOf = (name: string, endpoints: object): Handlers =>
    Object.fromEntries(
      Object.keys(endpoints).map((endpoint) => [
        endpoint,
        (input: never, caller: Caller) => {
          calls.push({ name: `${name}.${endpoint}`, input, caller });
          return answers[`${name}.${endpoint}`]?.(input) ?? {};
        },
      ]),
    );
  const entries = Object.entries(areas).map(([name, area]) => [name, routesOf(name, area.endpoints)]);
  return Object.fromEntries(entries) as AreaRoutes;
}

const noRuns: RunFollower = { follow: () => null };

async function build(follower: RunFollower = noRuns): Promise<void> {
  app = createHttpServer();
  await mountNative(app, {
    areas,
    routes: recordingRoutes(),
    bus,
    follower,
    version: "9.8.7",
    hooks: {
      guard: createGuardHook(() => new Set(["localhost:1"])),
      authenticate: createAuthenticateHook(createBearerCheck("secret")),
    },
    reportError: (error) => reported.push(error),
    heartbeatMs: 60_000,
  });
}

beforeEach(async () => {
  calls = [];
  reported = [];
  answers = {};
  bus = createBus((error) => reported.push(error));
  await build();
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
      { name: "sessions.listMessages", input: { id: "a/b ✓", from: 0, limit: 7 }, caller: { kind: "api", name: "" } },
    ]);

    const id = `perm_${"b".repeat(32)}`;
    await post(`/gatehouse/v1/permissions/${id}/decision`, JSON.stringify({ id: "perm_x", decision: "deny" }), {
      "x-gatehouse-client": "cli",
    });
    expect(calls[1]).toMatchObject({
      input: { id, decision: "deny", scope: "once" },
      caller: { kind: "cli", name: "cli" },
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
    const answer = await post("/gatehouse/v1/runs", JSON.stringify({ text: "", sessionId: 5, extra: 1, maxTurns: 0 }));
    expect(answer.statusCode).toBe(400);
    expect(errorOf(answer)).toEqual({
      code: "request.invalid",
      message:
        'The request is not valid: sessionId must be a text; text must not be empty; maxTurns must be at least 1; it has no "extra".',
      data: {
        issues: ["sessionId must be a text", "text must not be empty", "maxTurns must be at least 1", 'it has no "extra"'],
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
    expect(errorOf(answer)).toMatchObject({ code: "request.invalid", message: expect.stringContaining(message) as unknown });
  });

  test("of a body that is too large", async () => {
    const answer = await post("/gatehouse/v1/runs", "x".repeat(20 * 1024 * 1024 + 1));
    expect(answer.statusCode).toBe(413);
    expect(errorOf(answer)).toEqual({ code: "request.too_large", message: "The body is larger than 20 MiB." });
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
    expect(String(reported[0])).toContain("tools.listTools does not fit its contract: tools[0].name must be a text");
  });

  test("tell an unknown route from a wrong method", async () => {
    expect((await get("/gatehouse/v1/nothing")).statusCode).toBe(404);
    expect(errorOf(await get("/gatehouse/v1/nothing"))).toMatchObject({ code: "request.unknown_route" });
    expect((await get("/gatehouse/v1/tools/")).statusCode).toBe(404);
    const wrong = await app.inject({ method: "PATCH", url: "/gatehouse/v1/runs", headers: AUTH, payload: "{" });
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
    const wrongMethod = await app.inject({ method: "PUT", url: "/gatehouse/v1/tools", headers: { host: "localhost:1" } });
    expect(wrongMethod.statusCode).toBe(401);
    expect((await get("/gatehouse/v1/tools", { host: "evil.example" })).statusCode).toBe(403);
    expect((await get("/gatehouse/v1/health", { origin: "https://evil.example" })).statusCode).toBe(403);
    expect((await get("/gatehouse/docs", { host: "evil.example" })).statusCode).toBe(403);
    expect(calls).toEqual([]);
  });

  test("hostile keys in a body reach nobody's prototype", async () => {
    const body = '{"sessionId":"s","text":"x","options":{"__proto__":{"polluted":1}},"__proto__":{"text":"y"}}';
    expect((await post("/gatehouse/v1/runs", body)).statusCode).toBe(400);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

test("health, OpenAPI and the reference need no token", async () => {
  const open = (url: string) => app.inject({ url, headers: { host: "localhost:1" } });
  expect((await open("/gatehouse/v1/health")).json()).toEqual({ ok: true, version: "9.8.7" });

  const document = (await open("/gatehouse/v1/openapi.json")).json<{
    openapi: string;
    paths: Record<string, Record<string, { operationId?: string; parameters?: { name: string; in: string }[] }>>;
  }>();
  expect(document.openapi).toBe("3.1.0");
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  const declared = Object.values(areas).flatMap((area) => Object.keys(area.endpoints));
  expect(operations).toHaveLength(declared.length + 2);
  expect(document.paths["/sessions/{id}/messages"]?.["get"]?.parameters?.map((p) => `${p.in} ${p.name}`)).toEqual([
    "path id",
    "query from",
    "query limit",
  ]);

  const page = await open("/gatehouse/docs");
  expect(page.headers["content-security-policy"]).toMatch(/^default-src 'none'; style-src 'sha256-/);
  expect(page.body).not.toMatch(/<script|https?:\/\/(?!127|localhost)|style="/);
  for (const name of declared) expect(page.body).toContain(`.${name}"`);
});

describe("events", () => {
  interface Reader {
    readonly status: number;
    text(): string;
    until(part: string): Promise<string>;
    pause(): void;
    readonly closed: Promise<void>;
    close(): void;
  }

  const readers: Reader[] = [];
  afterEach(() => {
    for (const reader of readers.splice(0)) reader.close();
  });

  async function open(query = "", headers: Record<string, string> = {}): Promise<Reader> {
    if (!app.server.listening) await app.listen({ host: "127.0.0.1", port: 0 });
    const { port } = app.server.address() as AddressInfo;
    return new Promise((resolve, reject) => {
      const request = httpRequest({ port, path: `/gatehouse/v1/events${query}`, headers: { ...AUTH, ...headers } });
      request.on("error", reject);
      request.on("response", (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (part: string) => (text += part));
        response.on("error", () => undefined);
        const reader: Reader = {
          status: response.statusCode ?? 0,
          text: () => text,
          async until(part) {
            for (let tries = 0; tries < 400 && !text.includes(part); tries += 1) {
              await new Promise((next) => setTimeout(next, 5));
            }
            return text;
          },
          pause: () => response.pause(),
          closed: new Promise((ended) => response.once("close", () => ended())),
          close: () => request.destroy(),
        };
        readers.push(reader);
        resolve(reader);
      });
      request.end();
    });
  }

  test("arrive in order with an id that can be gone on from", async () => {
    bus.publish("sessions.changed", { n: 1 });
    const reader = await open();
    await reader.until("event: ready");
    bus.publish("permissions.asked", { n: 2 });
    const text = await reader.until('"n":2}');
    expect(text).toBe(
      `id: ${bus.bootId}-1\nevent: ready\ndata: {"type":"ready","seq":1,"payload":{}}\n\n` +
        `id: ${bus.bootId}-2\nevent: permissions.asked\ndata: {"type":"permissions.asked","seq":2,"payload":{"n":2}}\n\n`,
    );
  });

  test("go on where a client was, or start over when that is not possible", async () => {
    for (let n = 1; n <= 3; n += 1) bus.publish("sessions.changed", { n });
    const names = async (query: string, headers = {}) => {
      const reader = await open(query, headers);
      const text = await reader.until("event: re");
      reader.close();
      return [...text.matchAll(/^event: (.+)$/gm)].map((match) => match[1]);
    };
    const both = ["sessions.changed", "sessions.changed", "ready"];
    expect(await names(`?after=${bus.bootId}-1`)).toEqual(both);
    expect(await names("?after=1")).toEqual(both);
    expect(await names("", { "last-event-id": `${bus.bootId}-1` })).toEqual(both);
    expect(await names(`?after=${bus.bootId}-3`)).toEqual(["ready"]);
    expect(await names(`?after=${bus.bootId}-99`)).toEqual(["reset"]);
    expect(await names("?after=0123456789abcdef-1")).toEqual(["reset"]);
    for (let n = 0; n < 2000; n += 1) bus.publish("sessions.changed", { n });
    expect(await names(`?after=${bus.bootId}-1`)).toEqual(["reset"]);
  });

  test("refuse what they can't follow before the stream begins", async () => {
    for (const query of ["?after=yesterday", "?run=run_1", `?run=${RUN}:x`]) expect((await open(query)).status).toBe(400);
    expect((await open(`?run=${RUN}`)).status).toBe(404);
    expect((await app.inject({ url: "/gatehouse/v1/events", headers: { host: "localhost:1" } })).statusCode).toBe(401);
  });

  test("bring the progress of a run, holding back while the client does not read", async () => {
    await app.close();
    let stopped = 0;
    let pushed = 0;
    const follower: RunFollower = {
      follow(id, after, { push }) {
        expect([id, after]).toEqual([RUN, 5]);
        const pump = () => {
          while (pushed < 40 && push({ events: [{ seq: (pushed += 1), at: 0, type: "text_delta", delta: "x".repeat(200_000) }] }));
        };
        pump();
        return { resume: pump, stop: () => (stopped += 1) };
      },
    };
    await build(follower);
    const reader = await open(`?run=${RUN}:5`);
    await reader.until('"seq":40,');
    expect(reader.text().match(/event: runs\.progressed\n/g)).toHaveLength(40);
    expect(reader.text()).toContain(`data: {"type":"runs.progressed","seq":0,"payload":{"runId":"${RUN}","events":[{"seq":1,`);
    reader.close();
    for (let tries = 0; tries < 200 && stopped === 0; tries += 1) await new Promise((next) => setTimeout(next, 5));
    expect(stopped).toBe(1);
  });

  test("let a client go that does not read, without growing", async () => {
    const reader = await open();
    reader.pause();
    for (let n = 0; n < 60; n += 1) {
      bus.publish("sessions.changed", { n, filler: "x".repeat(500_000) });
      await new Promise(setImmediate);
    }
    const connections = () => new Promise((resolve) => app.server.getConnections((_error, count) => resolve(count)));
    for (let tries = 0; tries < 200 && (await connections()) !== 0; tries += 1) {
      await new Promise((next) => setTimeout(next, 5));
    }
    expect(await connections()).toBe(0);
    expect(reported).toEqual([]);
  });

  test("end when the server closes", async () => {
    const reader = await open();
    await reader.until("ready");
    await app.close();
    await reader.closed;
  });
});
