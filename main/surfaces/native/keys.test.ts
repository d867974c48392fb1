import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Ask } from "../../areas/asks/contract.ts";
import type { Grant, PermissionSummary } from "../../areas/permissions/contract.ts";
import type { Run } from "../../areas/runs/contract.ts";
import { startHeadlessDaemon, type HeadlessDaemon } from "../../testing/headless-daemon.ts";

let daemon: HeadlessDaemon;
beforeAll(async () => (daemon = await startHeadlessDaemon()), 20_000);
afterAll(() => daemon.remove());

async function call<T>(token: string, method: string, path: string, body?: object) {
  const answer = await fetch(`${daemon.connection.base_url}/gatehouse/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, json: (await answer.json()) as T };
}
const owner = <T>(method: string, path: string, body?: object) =>
  call<T>(daemon.connection.token, method, path, body);

async function makeKey(name: string, scopes: readonly string[]) {
  const { status, json } = await owner<{ token: string; key: { id: string } }>("POST", "/keys", {
    name,
    scopes,
  });
  expect(status).toBe(201);
  return { token: json.token, id: json.key.id };
}
const pending = async () =>
  (await owner<{ permissions: PermissionSummary[] }>("GET", "/permissions")).json.permissions;
const grants = async () => (await owner<{ grants: Grant[] }>("GET", "/grants")).json.grants;
const question = { proposal: { kind: "shell", text: "ls" }, folder: "/code/app" };

beforeEach(async () => {
  for (const { id } of await pending())
    await owner("POST", `/permissions/${id}/decision`, { decision: "deny" });
});

test("a key that is revoked has what it asked for withdrawn at once", async () => {
  const key = await makeKey("worker", ["ask"]);
  const other = await makeKey("other", ["ask"]);
  const asked = (await call<Ask>(key.token, "POST", "/asks", question)).json;
  const staying = (await call<Ask>(other.token, "POST", "/asks", question)).json;
  await owner("DELETE", `/keys/${key.id}`);
  expect((await pending()).map(({ id }) => id)).toEqual([staying.id]);
  const withdrawn = await owner<PermissionSummary>("GET", `/permissions/${asked.id}`);
  expect(withdrawn.json).toMatchObject({
    status: "withdrawn",
    reason: "the key with which it was asked has ended",
  });
  await owner("DELETE", `/keys/${other.id}`);
});

test("a new key of the same name has nothing of what was remembered for a revoked one", async () => {
  const key = await makeKey("worker", ["ask"]);
  const asked = (await call<Ask>(key.token, "POST", "/asks", question)).json;
  const answer = { decision: "allow", scope: "forever" };
  expect((await owner("POST", `/permissions/${asked.id}/decision`, answer)).status).toBe(200);
  expect((await call<Ask>(key.token, "POST", "/asks", question)).json.status).toBe("allowed");
  expect(await grants()).toMatchObject([{ owner: `key:${key.id}`, clientId: "worker" }]);

  // Not even a client that only calls itself so.
  const claimed = (await owner<Ask>("POST", "/asks", { ...question, agent: "worker" })).json;
  expect(claimed.status).toBe("pending");

  await owner("DELETE", `/keys/${key.id}`);
  expect(await grants()).toEqual([]);
  const again = await makeKey("worker", ["ask"]);
  expect((await call<Ask>(again.token, "POST", "/asks", question)).json.status).toBe("pending");
});

test("a key's name gives it no channel's tier", async () => {
  await owner("PUT", "/settings", { permissions: { channels: { cli: "trusted" } } });
  const key = await makeKey("cli:x", ["ask"]);
  const asked = { ...question, sessionId: "cli:1" };
  expect((await call<Ask>(key.token, "POST", "/asks", asked)).json.status).toBe("pending");
  // Whoever has all rights may act for a client of the channel.
  expect((await owner<Ask>("POST", "/asks", { ...asked, agent: "cli:x" })).json.status).toBe("allowed");
  await owner("PUT", "/settings", { permissions: { channels: {} } });
});

test.each([
  [
    "adds a provider",
    "/settings/providers/elsewhere",
    { type: "openai-compatible", baseUrl: "https://e.example/v1" },
  ],
  ["turns off notifications", "/settings", { notifications: { enabled: false } }],
  ["turns off the popup", "/settings", { notifications: { popup: false } }],
  ["sets quiet hours", "/settings", { notifications: { quietFrom: "00:00", quietUntil: "23:59" } }],
])("a key that configures never %s without the person's yes", async (act, path, body) => {
  const key = await makeKey(`configures, ${act}`, ["configure"]);
  const before = (await owner<object>("GET", "/settings")).json;
  const changing = call<{ error: { code: string } }>(key.token, "PUT", path, body);
  await expect.poll(pending).toMatchObject([{ tool: "gatehouse", clientId: `configures, ${act}` }]);
  expect((await owner("GET", "/settings")).json).toEqual(before);
  const [asked] = await pending();
  await owner("POST", `/permissions/${asked?.id}/decision`, { decision: "deny" });
  expect(await changing).toMatchObject({ json: { error: { code: "permissions.not_allowed" } } });
  expect((await owner("GET", "/settings")).json).toEqual(before);
});

/** All of a request but its last byte is there; `end` sends that, and gives the answer. */
async function halfSent(token: string, path: string, body: object) {
  const { host, hostname, port } = new URL(daemon.connection.base_url);
  const text = JSON.stringify(body);
  const head = [
    `POST /gatehouse/v1${path} HTTP/1.1`,
    `Host: ${host}`,
    `Authorization: Bearer ${token}`,
    "Content-Type: application/json",
    `Content-Length: ${text.length}`,
  ].join("\r\n");
  const socket = connect(Number(port), hostname);
  let answer = "";
  socket.on("data", (part) => (answer += part.toString()));
  const closed = once(socket, "close");
  await once(socket, "connect");
  socket.write(`${head}\r\n\r\n${text.slice(0, -1)}`);
  return async () => {
    socket.end(text.slice(-1));
    await closed;
    return Number(answer.slice(9, 12));
  };
}

test("a key that is revoked does nothing with a request whose end comes after that", async () => {
  const key = await makeKey("half", ["ask", "answer", "remember", "run"]);
  const other = await makeKey("waits", ["ask"]);
  const waiting = (await call<Ask>(other.token, "POST", "/asks", question)).json;
  const begun = [
    await halfSent(key.token, `/permissions/${waiting.id}/decision`, { decision: "allow", scope: "forever" }),
    await halfSent(key.token, "/asks", question),
    await halfSent(key.token, "/runs", { sessionId: "s", text: "/shell_exec true" }),
  ];
  expect((await call(key.token, "GET", "/session")).status).not.toBe(401);
  expect((await owner("DELETE", `/keys/${key.id}`)).status).toBe(200);
  expect(await Promise.all(begun.map((end) => end()))).toEqual([401, 401, 401]);
  expect((await pending()).map(({ id }) => id)).toEqual([waiting.id]);
  expect(await grants()).toEqual([]);
  await owner("DELETE", `/keys/${other.id}`);
});

test("a key that is revoked has its runs canceled, and its runs that wait or go on have a bound", async () => {
  const key = await makeKey("runner", ["run"]);
  const start = (session: string) =>
    call<{ id: string }>(key.token, "POST", "/runs", {
      sessionId: session,
      text: "/shell_exec git status\n/shell_exec git log",
    });
  const started = await Promise.all(Array.from({ length: 205 }, (_, at) => start(`s${at}`)));
  const refused = started.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(5);
  const ids = started.flatMap(({ status, json }) => (status === 201 ? [json.id] : []));
  await expect.poll(async () => (await pending()).length, { timeout: 20_000 }).toBe(200);
  await owner("DELETE", `/keys/${key.id}`);
  expect(await pending()).toEqual([]);
  const runOf = async (id: string) => (await owner<Run>("GET", `/runs/${id}`)).json;
  await expect.poll(async () => (await runOf(ids[0] ?? "")).status).toBe("canceled");
  const ended = await Promise.all(ids.map(runOf));
  expect(new Set(ended.map(({ error }) => error?.message))).toEqual(
    new Set(["the key with which the run was started has ended"]),
  );
  expect(await pending()).toEqual([]);
}, 60_000);
