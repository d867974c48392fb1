import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { ALL_SCOPES, type Principal } from "../../contract/principal.ts";
import { createHttpServer } from "../http.ts";
import { principalOf } from "./admission.ts";
import { textBody } from "./bodies.ts";
import { mountSurface } from "./mount.ts";
import { Refused, type Refusal } from "./refusals.ts";
import { segment } from "./request-parts.ts";
import type { Surface } from "./surface.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const refusal = (status: number, message: string): Refusal => ({ status, code: `c${status}`, message });

const principal = (scopes: Principal["scopes"]): Principal => ({
  kind: "client",
  id: "tester",
  name: "",
  door: "api",
  proof: "token",
  scopes,
  label: "",
});

/** A family whose every word is seen in the answer. */
function family(name: string, more: Partial<Surface> = {}): Surface {
  return {
    name,
    owns: [`/${name}`],
    routes: [
      { method: "GET", path: `/${name}/open`, needs: null, handler: () => ({ open: true }) },
      {
        method: "POST",
        path: `/${name}/things/:id`,
        needs: "run",
        handler: (request) => ({
          id: segment(request, "id"),
          by: principalOf(request).id,
          body: textBody(request),
        }),
      },
      {
        method: "GET",
        path: `/${name}/bug`,
        needs: "caller",
        handler: () => {
          throw new TypeError("secret detail");
        },
      },
    ],
    authenticate: ({ headers }) => {
      if (headers["x-key"] === "strange") throw new Refused(refusal(401, `${name}: strange key`));
      if (headers["x-key"] === "reader") return principal(new Set(["read"]));
      return headers["x-key"] === "good" ? principal(ALL_SCOPES) : null;
    },
    order: "caller first",
    refusals: {
      foreign: ({ reason }) => refusal(403, `${name}: ${reason}`),
      unauthenticated: () => ({ ...refusal(401, `${name}: who`), headers: { "x-failure": "credential" } }),
      forbidden: ({ scope }) => refusal(403, `${name}: lacks ${scope}`),
      unknownRoute: ({ method, path }) => refusal(404, `${name}: ${method} ${path}`),
      wrongMethod: ({ method, allowed }) => refusal(405, `${name}: ${method}, not ${allowed.join()}`),
      undecodablePath: () => refusal(400, `${name}: path`),
      tooLarge: ({ limitBytes }) => refusal(413, `${name}: over ${limitBytes}`),
      tooMuch: ({ excess }) => refusal(413, `${name}: has ${excess}`),
      unreadable: () => refusal(400, `${name}: unreadable`),
      internal: () => refusal(500, `${name}: ours`),
    },
    refusalOf: () => null,
    envelope: ({ code, message }) => `${code} ${message}`,
    contentType: "text/x-plain",
    serialize: (value) => `${typeof value === "string" ? value : JSON.stringify(value)}\n`,
    bodyLimitBytes: 100,
    contentTypeIsRead: false,
    ...more,
  };
}

async function serve(...surfaces: Surface[]) {
  const server = createHttpServer();
  const reported: unknown[] = [];
  const hosts = new Set<string>();
  for (const surface of surfaces) {
    mountSurface(server, surface, { allowedHosts: () => hosts, report: (error) => reported.push(error) });
  }
  await server.listen({ host: "127.0.0.1", port: 0 });
  closing.push(() => server.close());
  const { port } = server.server.address() as AddressInfo;
  hosts.add(`127.0.0.1:${port}`);
  const raw = (text: string) =>
    new Promise<string>((resolve, reject) => {
      let answer = "";
      const socket = connect(port, "127.0.0.1", () => socket.write(text));
      socket.on("data", (part) => (answer += part.toString()));
      socket.on("error", reject);
      socket.on("close", () => resolve(answer));
    });
  /** Status, type and body as they are on the wire. */
  const call = async (method: string, path: string, headers: Record<string, string> = {}, body = "") => {
    const lines = Object.entries({ host: `127.0.0.1:${port}`, connection: "close", ...headers });
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
    const answer = await raw(
      `${method} ${path} HTTP/1.1\r\n${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    const [top = "", text = ""] = answer.split("\r\n\r\n");
    const type = /content-type: (.*)/i.exec(top)?.[1];
    return { status: Number(top.slice(9, 12)), type, text, top };
  };
  return { call, raw, reported, host: `127.0.0.1:${port}` };
}

const GOOD = { "x-key": "good" };

describe("a surface", () => {
  test("answers in its own type and bytes, whatever content type the body claims", async () => {
    const { call } = await serve(family("a"));
    const headers = { ...GOOD, "content-type": "no/such; thing" };
    const answer = await call("POST", "/a/things/x%2Fy", headers, "{");
    expect(answer).toMatchObject({ status: 200, type: "text/x-plain" });
    expect(answer.text).toBe('{"id":"x/y","by":"tester","body":"{"}\n');
  });

  test.each([
    ["no caller", "GET", "/a/bug", {}, 401, "c401 a: who\n"],
    [
      "a caller refused in its own words",
      "GET",
      "/a/bug",
      { "x-key": "strange" },
      401,
      "c401 a: strange key\n",
    ],
    ["no scope", "POST", "/a/things/1", { "x-key": "reader" }, 403, "c403 a: lacks run\n"],
    ["a foreign host before all else", "GET", "/a/open", { host: "evil" }, 403, "c403 a: host not allowed\n"],
    ["an unknown route", "GET", "/a/no?x=1", GOOD, 404, "c404 a: GET /a/no\n"],
    ["the bare prefix", "GET", "/a", GOOD, 404, "c404 a: GET /a\n"],
    ["an empty name", "POST", "/a/things/", GOOD, 404, "c404 a: POST /a/things/\n"],
    ["a wrong method", "PUT", "/a/things/1", GOOD, 405, "c405 a: PUT, not POST\n"],
    ["a wrong method where everyone may come", "PUT", "/a/open", {}, 405, "c405 a: PUT, not GET\n"],
    ["a path that can't be decoded", "GET", "/a/%zz", {}, 400, "c400 a: path\n"],
    ["one from a foreign host", "GET", "/a/%zz", { host: "evil" }, 403, "c403 a: host not allowed\n"],
  ] as const)("refuses %s", async (_, method, path, headers, status, text) => {
    const { call, reported } = await serve(family("a"));
    expect(await call(method, path, headers)).toMatchObject({ status, type: "text/x-plain", text });
    expect(reported).toEqual([]);
  });

  test("refuses what is too large, and a fault of ours without its words", async () => {
    const { call, reported } = await serve(family("a"));
    expect(await call("POST", "/a/things/1", GOOD, "x".repeat(101))).toMatchObject({
      status: 413,
      text: "c413 a: over 100\n",
    });
    expect(reported).toEqual([]);
    expect(await call("GET", "/a/bug", GOOD)).toMatchObject({ status: 500, text: "c500 a: ours\n" });
    expect(reported).toEqual([new TypeError("secret detail")]);
  });

  test("refuses what has too much in it as soon as that has come in", async () => {
    const { raw, host } = await serve(family("a", { bodyLimitBytes: 10_000_000 }));
    const head = `POST /a/things/1 HTTP/1.1\r\nHost: ${host}\r\nX-Key: good\r\nContent-Length: 9000000\r\n\r\n`;
    // The rest of what was announced never comes.
    expect(await raw(`${head}${"[".repeat(201)}`)).toMatch(
      /^HTTP\/1\.1 413 [^]*\r\n\r\nc413 a: has more than 200 levels of nesting\n$/,
    );
    expect(await raw(`${head}[${"{},".repeat(20_000)}`)).toMatch(
      / 413 [^]*c413 a: has more than 10,000 values\n$/,
    );
  });

  test("sends the headers of a refusal", async () => {
    const { call } = await serve(family("a"));
    expect((await call("GET", "/a/bug")).top).toContain("x-failure: credential");
  });

  test("tells nobody about routes when it asks for the caller first, and anybody when it does not", async () => {
    const { call } = await serve(family("a"), family("b", { order: "route first" }));
    expect((await call("GET", "/a/no")).status).toBe(401);
    expect((await call("PUT", "/a/bug")).status).toBe(401);
    expect((await call("GET", "/b/no")).status).toBe(404);
    expect((await call("PUT", "/b/bug")).status).toBe(405);
    expect((await call("POST", "/b/things/")).status).toBe(404);
    expect((await call("GET", "/b/bug")).status).toBe(401);
  });

  test("may take its time to find out who calls, and other credentials on a route", async () => {
    const later = family("a", {
      authenticate: async ({ headers }) => {
        await new Promise(setImmediate);
        if (headers["x-key"] === "broken") throw new Error("no database");
        return headers["x-key"] === "good" ? principal(ALL_SCOPES) : null;
      },
    });
    const own = { ...later.routes[1], path: "/a/own/:id", authenticate: () => principal(ALL_SCOPES) };
    const { call, reported } = await serve({
      ...later,
      routes: [...later.routes, own as Surface["routes"][0]],
    });
    expect((await call("POST", "/a/things/1", GOOD)).status).toBe(200);
    expect((await call("POST", "/a/things/1")).status).toBe(401);
    expect((await call("POST", "/a/own/1")).status).toBe(200);
    expect((await call("POST", "/a/things/1", { "x-key": "broken" })).status).toBe(500);
    expect(reported).toEqual([new Error("no database")]);
  });
});

describe("rights that end while a body is under way", () => {
  const slowly = async (holds: () => Principal | null) => {
    let isFirst = true;
    const authenticate: Surface["authenticate"] = () => {
      if (!isFirst) return holds();
      isFirst = false;
      return principal(ALL_SCOPES);
    };
    const { raw, host } = await serve(family("a", { authenticate }));
    return raw(
      `POST /a/things/1 HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}`,
    );
  };

  test("are none: nothing is done for who has none at its end", async () => {
    expect(await slowly(() => null)).toMatch(/^HTTP\/1\.1 401 [^]*c401 a: who\n$/);
  });

  test("and neither is a right that was taken away alone", async () => {
    expect(await slowly(() => principal(new Set(["read"])))).toMatch(/^HTTP\/1\.1 403 [^]*lacks run\n$/);
    expect(await slowly(() => principal(new Set(["run"])))).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe("places without a route", () => {
  test("belong to the longest prefix that fits, in whole segments", async () => {
    const rest = family("rest", { owns: ["/"], routes: [], order: "route first" });
    const { call } = await serve(family("a"), family("b", { owns: ["/a/deep"], routes: [] }), rest);
    const wordsAt = async (path: string) => (await call("GET", path, GOOD)).text.split(" ")[1];
    expect(await wordsAt("/a/x")).toBe("a:");
    expect(await wordsAt("/a/deep/x")).toBe("b:");
    expect(await wordsAt("/ab")).toBe("rest:");
    expect(await wordsAt("/")).toBe("rest:");
    expect(await wordsAt("/a/deep/%")).toBe("b:");
    expect(await wordsAt("/ab/%")).toBe("rest:");
  });

  test("are not known by name: an object's own properties are no prefixes", async () => {
    const { call } = await serve(family("a"));
    expect((await call("GET", "/__proto__/%")).status).toBe(400);
    expect((await call("GET", "/constructor")).status).toBe(404);
  });

  test("what is no HTTP is told so in the words of the path it names", async () => {
    const { raw } = await serve(family("a"));
    const answer = await raw("GET /a/open HTTP/1.1\r\nBad Header\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nContent-Type: text\/x-plain\r\n/);
    expect(answer).toMatch(/\r\n\r\nc400 a: unreadable\n$/);
    expect(await raw("\u0000\u0001\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    const long = `GET /a/open HTTP/1.1\r\nX: ${"x".repeat(20_000)}\r\n\r\n`;
    expect(await raw(long)).toMatch(/^HTTP\/1\.1 431 /);
  });
});

test("two surfaces at one place keep the server from starting", async () => {
  await expect(serve(family("a"), family("b", { owns: ["/a"] }))).rejects.toThrow("two surfaces own /a");
  const below = { ...family("b"), routes: family("a").routes };
  await expect(serve(family("a"), below)).rejects.toThrow(/already declared for route '\/a\/open'/);
});
