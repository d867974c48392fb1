import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { areas } from "../../areas/index.ts";
import type { Area, Endpoint } from "../../contract/define.ts";
import { AccessScope } from "../../contract/principal.ts";
import { startHeadlessDaemon, type HeadlessDaemon } from "../../testing/headless-daemon.ts";

let daemon: HeadlessDaemon;
const tokens = new Map<string, string>();

const call = (token: string, method: string, path: string, body: object = {}) => {
  const hasBody = method === "POST" || method === "PUT";
  return fetch(`${daemon.connection.base_url}/gatehouse/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "x-gatehouse-client": "cli" },
    ...(hasBody && { body: JSON.stringify(body) }),
  });
};
const tokenOf = (name: string) => tokens.get(name) ?? "";
const refusalIn = async (answer: Response) => ((await answer.json()) as { error?: unknown }).error;

beforeAll(async () => {
  daemon = await startHeadlessDaemon();
  const { token: ownerKey } = daemon.connection;
  const makeKey = async (name: string, scopes: readonly AccessScope[]) => {
    const answer = await call(ownerKey, "POST", "/keys", { name, scopes });
    expect(answer.status).toBe(201);
    tokens.set(name, ((await answer.json()) as { token: string }).token);
  };
  for (const scope of AccessScope.options) {
    await makeKey(`only ${scope}`, [scope]);
    await makeKey(
      `all but ${scope}`,
      AccessScope.options.filter((other) => other !== scope),
    );
  }
}, 20_000);

afterAll(() => daemon.remove());

const table = Object.values(areas).flatMap((area) =>
  Object.entries<Endpoint>(area.endpoints).map(
    ([name, { method, path, scope }]) =>
      [`${area.name}.${name}`, method, path.replaceAll(/:\w+/g, "unknown"), scope] as const,
  ),
);

describe("every endpoint asks for its scope", () => {
  test.each(table)("%s", async (_name, method, path, scope) => {
    const without = await call(tokenOf(`all but ${scope}`), method, path);
    expect(without.status).toBe(403);
    expect(await refusalIn(without)).toMatchObject({ code: "request.forbidden", data: { scope } });
    // With nothing else than that one it gets at least as far as what is asked of it.
    const { status } = await call(tokenOf(`only ${scope}`), method, path);
    expect([200, 201, 202, 400, 404, 422]).toContain(status);
  });
});

const streams = Object.values<Area>(areas).flatMap((area) =>
  Object.entries(area.streams ?? {}).map(
    ([name, { path, scope }]) =>
      [`${area.name}.${name}`, path.replaceAll(/:\w+/g, "unknown"), scope] as const,
  ),
);

describe("every stream asks for its scope", () => {
  test.each(streams)("%s", async (name, path, scope) => {
    const without = await call(tokenOf(`all but ${scope}`), "GET", path);
    expect(without.status).toBe(403);
    expect(await refusalIn(without)).toMatchObject({ code: "request.forbidden", data: { scope } });
    const open = await call(tokenOf(`only ${scope}`), "GET", path);
    expect(open.status).toBe(name === "events.follow" ? 200 : 400);
    await open.body?.cancel();
  });
});

describe("who only asks", () => {
  const ID = `perm_${"0".repeat(32)}`;
  test.each([
    ["answers", "POST", `/permissions/${ID}/decision`, { decision: "allow" }],
    ["sees what others ask", "GET", "/permissions", {}],
    ["sees grants", "GET", "/grants", {}],
    ["restores a grant", "POST", `/grants/grant_${"0".repeat(16)}/restore`, {}],
    ["configures", "PUT", "/settings", { permissions: { defaultTier: "trusted" } }],
    ["reads the history", "GET", "/decisions", {}],
    ["reads sessions", "GET", "/sessions", {}],
    ["makes keys", "POST", "/keys", { name: "mine", scopes: ["ask"] }],
    ["starts runs", "POST", "/runs", { sessionId: "s", text: "hi" }],
  ])("never %s, whatever it calls itself", async (_what, method, path, body) => {
    const answer = await call(tokenOf("only ask"), method, path, body);
    expect(answer.status).toBe(403);
    expect(await refusalIn(answer)).toMatchObject({ code: "request.forbidden" });
  });
});

test("an answer that is to be remembered asks for remember too", async () => {
  const started = await call(tokenOf("only run"), "POST", "/runs", {
    sessionId: "s",
    text: '/write_file {"path":"a.txt","content":"x"}',
  });
  expect(started.status).toBe(201);
  const pending = async () => {
    const answer = await call(tokenOf("only follow"), "GET", "/permissions");
    return ((await answer.json()) as { permissions: { id: string; clientId: string }[] }).permissions;
  };
  await expect.poll(pending).toHaveLength(1);
  const [waiting] = await pending();
  // Nobody with a key of his own runs under another's name.
  expect(waiting?.clientId).toBe("only run");
  const path = `/permissions/${waiting?.id ?? ""}/decision`;
  const widened = await call(tokenOf("all but remember"), "POST", path, {
    decision: "allow",
    scope: "session_target",
  });
  expect(widened.status).toBe(403);
  expect(await pending()).toHaveLength(1);
  const once = await call(tokenOf("only answer"), "POST", path, { decision: "deny" });
  expect(await once.json()).toMatchObject({ decidedBy: { kind: "key", name: "only answer" } });
});

test("Glue's token is not the owner key, and reaches here no further than Glue's clients need", async () => {
  const glue = daemon.glueToken;
  expect(glue).toMatch(/^[0-9a-f]{64}$/);
  expect(glue).not.toBe(daemon.connection.token);
  expect((await call(glue, "GET", "/permissions")).status).toBe(200);
  expect((await call(glue, "GET", "/keys")).status).toBe(403);
  expect((await call(glue, "PUT", "/settings", { permissions: { defaultTier: "trusted" } })).status).toBe(
    403,
  );
  const v1 = (token: string) =>
    fetch(`${daemon.connection.base_url}/v1/status`, { headers: { authorization: `Bearer ${token}` } });
  expect((await v1(glue)).status).toBe(200);
  expect((await v1(tokenOf("only run"))).status).toBe(401);
});

test("a revoked key's stream ends at once", async () => {
  const { token: ownerKey } = daemon.connection;
  const made = await call(ownerKey, "POST", "/keys", { name: "watcher", scopes: ["follow"] });
  const { key, token } = (await made.json()) as { key: { id: string }; token: string };
  const stream = await call(token, "GET", "/events");
  const ended = stream.text();
  expect((await call(ownerKey, "DELETE", `/keys/${key.id}`)).status).toBe(200);
  expect(await ended).toContain("event: ready");
  expect((await call(token, "GET", "/permissions")).status).toBe(401);
});

test("a revoked key's long poll and its streams on other surfaces end at once; its own revocation is answered", async () => {
  const { token: ownerKey, base_url: baseUrl } = daemon.connection;
  const scopes = ["ask", "follow", "run", "answer", "remember", "read", "admin"];
  const made = await call(ownerKey, "POST", "/keys", { name: "all of Glue", scopes });
  const { key, token } = (await made.json()) as { key: { id: string }; token: string };
  const asked = await call(token, "POST", "/asks", { proposal: { kind: "shell", text: "x" }, folder: "/" });
  const { id } = (await asked.json()) as { id: string };
  const poll = call(token, "GET", `/asks/${id}?waitMs=20000`).then(
    async (answer) => ((await answer.json()) as { status: string }).status,
    () => "cut off",
  );
  const started = await call(token, "POST", "/runs", {
    sessionId: "glue",
    text: '/write_file {"path":"b.txt","content":"x"}',
  });
  const run = (await started.json()) as { id: string };
  const stream = await fetch(`${baseUrl}/v1/runs/${run.id}/events`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(stream.status).toBe(200);
  expect((await call(token, "DELETE", `/keys/${key.id}`)).status).toBe(200);
  // Whichever comes first: its request is withdrawn, its connection ends.
  expect(["withdrawn", "cut off"]).toContain(await poll);
  expect(await stream.text()).toContain("run_start");
});

test("a follower who may not read hears nothing of what others remember, decide or set", async () => {
  const { token: ownerKey } = daemon.connection;
  const [narrow, wide] = [
    await call(tokenOf("only follow"), "GET", "/events"),
    await call(ownerKey, "GET", "/events"),
  ];
  const heard = [narrow, wide].map(async ({ body }) => {
    let text = "";
    for await (const part of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += part;
      if (text.includes("event: runs.started")) break;
    }
    return text;
  });
  await call(ownerKey, "PUT", "/settings", { notifications: { sound: true } });
  await call(ownerKey, "PUT", "/settings", { notifications: { sound: false } });
  const made = await call(ownerKey, "POST", "/keys", { name: "short", scopes: ["ask"] });
  expect(made.status).toBe(201);
  await call(ownerKey, "POST", "/runs", { sessionId: "events", text: "hello" });
  const [narrowly, widely] = await Promise.all(heard);
  expect(widely).toContain("event: settings.changed");
  expect(widely).toContain("event: access.created");
  expect(narrowly).toContain("event: runs.started");
  expect(narrowly).not.toMatch(/event: (settings|access|sessions)\./);
});
