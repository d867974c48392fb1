import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { PermissionSummary } from "../../../areas/permissions/contract.ts";
import { calls, createScriptedModel, says } from "../../../areas/runs/loop/testing/scripted-model.ts";
import { createOpenStreams } from "../../../kernel/open-streams.ts";
import { createCore, type Core } from "../../../testing/core.ts";
import { createHttpServer, type HttpServer } from "../../../transport/http.ts";
import { createDeskCallers, ISSUER, signature } from "./callers.ts";
import { mount } from "./surface.ts";

/** Credentials of every kind fit a surface without a change to any area: a server on a port over the real areas. */

let core: Core;
let server: HttpServer;
let origin: string;
let reported: unknown[];

beforeEach(async () => {
  const model = createScriptedModel([calls(["side_effect", '{"value":"a.txt"}']), says("done")]);
  core = createCore({ model });
  server = createHttpServer();
  reported = [];
  const hosts = new Set<string>();
  mount(server, {
    services: core,
    bus: core.bus,
    openStreams: createOpenStreams(),
    callers: createDeskCallers(() => core.clock.now()),
    allowedHosts: () => hosts,
    report: (error) => reported.push(error),
  });
  await server.listen({ host: "127.0.0.1", port: 0 });
  const { port } = server.server.address() as AddressInfo;
  hosts.add(`127.0.0.1:${port}`);
  origin = `http://127.0.0.1:${port}`;
});

afterEach(async () => {
  await server.close();
  expect(reported).toEqual([]);
});

type Headers = Readonly<Record<string, string>>;

async function post(path: string, body: unknown, headers: Headers = {}) {
  const answer = await fetch(`${origin}${path}`, { method: "POST", body: JSON.stringify(body), headers });
  const told: unknown = await answer.json();
  return { status: answer.status, headers: answer.headers, body: told };
}

async function logIn() {
  const { status, headers, body } = await post("/desk/login", { password: "open sesame" });
  expect(status).toBe(200);
  const cookie = /^[^;]+/.exec(headers.get("set-cookie") ?? "")?.[0] ?? "";
  const { csrf } = body as { csrf: string };
  return { cookie, csrf: { cookie, "x-csrf-token": csrf } };
}

function token(claims: object): Headers {
  const parts = [{ alg: "HS256", typ: "JWT" }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString("base64url"),
  );
  const signed = parts.join(".");
  return { authorization: `Bearer ${signed}.${signature(signed)}` };
}

/** The token that the issuer gives out, with a minute to live. */
const issued = (more: object = {}) => {
  const exp = core.clock.now() / 1000 + 60;
  return token({ iss: ISSUER.name, aud: ISSUER.audience, sub: "ann", scope: "desk:work", exp, ...more });
};

const task = (headers: Headers) => post("/desk/tasks", { text: "go", session: "s" }, headers);

async function asked(): Promise<PermissionSummary> {
  await expect.poll(() => core.permissions.pending()).toHaveLength(1);
  const [waiting] = core.permissions.pending();
  if (waiting === undefined) throw new Error("nothing waits");
  return waiting;
}

describe("a key in a header", () => {
  test("opens what the table gives it and no more", async () => {
    expect((await task({ "x-api-key": "key-work" })).status).toBe(202);
    const { id } = await asked();
    expect(await post(`/desk/waiting/${id}`, { yes: true }, { "x-api-key": "key-work" })).toMatchObject({
      status: 403,
      body: { oops: "insufficient scope: answer" },
    });
    expect(core.permissions.pending()).toHaveLength(1);
  });

  test("that is not known is nobody, and says so in the family's header", async () => {
    const answer = await task({ "x-api-key": "key-none" });
    expect(answer).toMatchObject({ status: 401, body: { oops: "unauthorized", code: "401" } });
    expect(answer.headers.get("x-auth-failure")).toBe("invalid");
  });
});

describe("a login with a cookie", () => {
  test("answers under its own name in the ledger, once it proves that the page sent the request", async () => {
    const { cookie, csrf } = await logIn();
    expect((await task(csrf)).status).toBe(202);
    const { id } = await asked();
    const forged = await post(`/desk/waiting/${id}`, { yes: true }, { cookie });
    expect(forged).toMatchObject({ status: 403, body: { oops: "csrf token missing" } });
    expect(core.permissions.pending()).toHaveLength(1);

    const answered = await post(`/desk/waiting/${id}`, { yes: true }, csrf);
    expect(answered).toMatchObject({ status: 200, body: { settled: "allowed" } });
    expect(core.permissions.get(id).decidedBy).toEqual({ kind: "client", name: "login" });
    const late = await post(`/desk/waiting/${id}`, { yes: false }, csrf);
    expect(late).toMatchObject({ status: 409, body: { oops: "permissions.already_settled" } });
  });

  test("needs the password, and ends with the logout", async () => {
    expect((await post("/desk/login", { password: "open" })).status).toBe(401);
    const { csrf } = await logIn();
    expect((await post("/desk/logout", {}, csrf)).status).toBe(200);
    expect((await task(csrf)).status).toBe(401);
  });
});

describe("a token from an issuer", () => {
  test("is looked into while the request waits", async () => {
    expect((await task(issued())).status).toBe(202);
    expect((await asked()).clientId).toBe("ann");
  });

  test.each([
    ["other scopes", { scope: "desk:watch" }, 403],
    ["words that mean nothing here", { scope: "admin" }, 403],
    ["another audience", { aud: "elsewhere" }, 401],
    ["another issuer", { iss: "https://evil.example" }, 401],
    ["no time left", { exp: 1 }, 401],
  ])("with %s is refused", async (_, claims, status) => {
    expect((await task(issued(claims))).status).toBe(status);
  });

  test("that somebody else signed is refused", async () => {
    const { authorization = "" } = issued();
    expect((await task({ authorization: `${authorization.slice(0, -2)}AA` })).status).toBe(401);
  });
});

describe("a WebSocket", () => {
  /** Frames in order; the status of a refused upgrade; the code with which it was closed. */
  function open(headers: Headers, path = "/desk/live") {
    const socket = new WebSocket(`${origin.replace("http", "ws")}${path}`, ["other", "desk.v1"], { headers });
    const frames: Record<string, unknown>[] = [];
    socket.on("message", (data: Buffer) => frames.push(JSON.parse(data.toString()) as (typeof frames)[0]));
    const opened = new Promise<number>((resolve, reject) => {
      socket.once("open", () => resolve(101));
      socket.once("unexpected-response", (_request, response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      socket.once("error", reject);
    });
    const closed = new Promise<number>((resolve) => socket.once("close", (code) => resolve(code)));
    return { socket, frames, opened, closed };
  }

  test("streams what happens, and takes answers", async () => {
    const { csrf, cookie } = await logIn();
    const { socket, frames, opened } = open({ cookie, origin });
    expect(await opened).toBe(101);
    expect(socket.protocol).toBe("desk.v1");
    await task(csrf);
    const { id } = await asked();
    await expect.poll(() => frames.map(({ type }) => type)).toContain("permissions.asked");

    socket.send("{");
    socket.send(JSON.stringify({ id, yes: "maybe" }));
    await expect.poll(() => frames.filter(({ oops }) => oops !== undefined)).toHaveLength(2);
    expect(core.permissions.pending()).toHaveLength(1);
    socket.send(JSON.stringify({ id, yes: false }));
    await expect.poll(() => frames).toContainEqual({ settled: "denied" });
    expect(frames.map(({ type }) => type)).toContain("permissions.settled");
    socket.close();
  });

  test.each([
    ["nobody", {}, "/desk/live", 401],
    ["a key without the scope", issuedLater("desk:work"), "/desk/live", 403],
    ["another host", { "x-api-key": "key-watch", host: "evil.example" }, "/desk/live", 403],
    [
      "a page of someone else",
      { "x-api-key": "key-watch", origin: "http://evil.example" },
      "/desk/live",
      403,
    ],
    ["a place where nothing is", { "x-api-key": "key-watch" }, "/desk/other", 404],
  ])("is not opened for %s", async (_, headers, path, status) => {
    const given = typeof headers === "function" ? headers() : headers;
    expect(await open(given, path).opened).toBe(status);
  });

  function issuedLater(scope: string): () => Headers {
    return () => issued({ scope });
  }

  test("is spoken where it is, and HTTP everywhere else", async () => {
    const headers = { "x-api-key": "key-watch" };
    const plain = await fetch(`${origin}/desk/live`, { headers });
    expect([plain.status, await plain.text()]).toEqual([426, '{"oops":"speak WebSocket","code":"426"}\n']);
    expect(await open(headers, "/desk/tasks").opened).toBe(405);
  });

  test("ends with the login, with a message that is too long or too deep, and with the daemon", async () => {
    const { csrf, cookie } = await logIn();
    const loggedIn = open({ cookie, origin });
    const withKey = () => open({ "x-api-key": "key-watch" });
    const [keyed, deep, stays] = [withKey(), withKey(), withKey()];
    for (const each of [loggedIn, keyed, deep, stays]) expect(await each.opened).toBe(101);
    deep.socket.send("[".repeat(201));
    expect(await deep.closed).toBe(1009);
    await post("/desk/logout", {}, csrf);
    expect(await loggedIn.closed).toBe(1008);
    keyed.socket.send("x".repeat(1001));
    expect(await keyed.closed).toBe(1009);
    await server.close();
    expect(await stays.closed).toBe(1001);
  });
});

test("what is not allowed is told in this family's words everywhere", async () => {
  const wrong = await fetch(`${origin}/desk/tasks`);
  expect([wrong.status, wrong.headers.get("allow"), await wrong.text()]).toEqual([
    405,
    "POST",
    '{"oops":"method not allowed","code":"405"}\n',
  ]);
  expect(await (await fetch(`${origin}/desk/%zz`)).text()).toBe('{"oops":"page not found","code":"404"}\n');
  expect((await post("/desk/tasks", { text: "" }, { "x-api-key": "key-work" })).status).toBe(422);
});
