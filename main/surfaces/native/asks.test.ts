import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ask } from "../../areas/asks/contract.ts";
import type { DecisionRecord, PermissionSummary } from "../../areas/permissions/contract.ts";
import { startHeadlessDaemon, type HeadlessDaemon } from "../../testing/headless-daemon.ts";

let daemon: HeadlessDaemon;
let key = "";

async function call<T>(token: string, method: string, path: string, body?: object) {
  const answer = await fetch(`${daemon.connection.base_url}/gatehouse/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, json: (await answer.json()) as T };
}

beforeAll(async () => {
  daemon = await startHeadlessDaemon();
  const given = { name: "my-hook", scopes: ["ask"] };
  key = (await call<{ token: string }>(daemon.connection.token, "POST", "/keys", given)).json.token;
}, 20_000);

afterAll(() => daemon.remove());

const question = { proposal: { kind: "shell", text: "git push" }, door: "hook", folder: "/code/app" };

test("a key that only asks gets its answer by long poll, and every row names it", async () => {
  const owner = daemon.connection.token;
  const asked = await call<Ask>(key, "POST", "/asks", { ...question, agent: "claude-code", callId: "c1" });
  expect(asked).toMatchObject({ status: 200, json: { status: "pending", reason: null } });
  const id = asked.json.id ?? "";

  const whence = {
    door: "hook",
    runId: null,
    sessionId: null,
    clientId: "my-hook",
    callId: "c1",
    workDir: "/code/app",
    asker: { kind: "key", name: "my-hook" },
  };
  const { json } = await call<{ permissions: PermissionSummary[] }>(owner, "GET", "/permissions");
  expect(json.permissions).toMatchObject([{ id, ...whence }]);

  const path = `/permissions/${id}/decision`;
  expect((await call(key, "POST", path, { decision: "allow" })).status).toBe(403);
  const poll = call<Ask>(key, "GET", `/asks/${id}?waitMs=20000`);
  expect((await call(owner, "POST", path, { decision: "deny", reason: "not today" })).status).toBe(200);
  expect((await poll).json).toMatchObject({ id, status: "denied", reason: "not today" });

  const ledger = await call<{ decisions: DecisionRecord[] }>(owner, "GET", "/decisions");
  expect(ledger.json.decisions).toMatchObject([{ permissionId: id, outcome: "denied", ...whence }]);
});

test("what is asked by one key is nobody else's, and is taken back by its own", async () => {
  const asked = await call<Ask>(key, "POST", "/asks", question);
  const path = `/asks/${asked.json.id ?? ""}`;
  expect((await call(daemon.connection.token, "GET", path)).status).toBe(404);
  expect((await call(daemon.connection.token, "DELETE", path)).status).toBe(404);
  expect((await call<Ask>(key, "DELETE", path)).json.status).toBe("withdrawn");
});

test.each([
  ["no proposal", { folder: "/code/app" }, 400],
  ["a kind that does not exist", { ...question, proposal: { kind: "thought" } }, 400],
  ["a run's door", { ...question, door: "run" }, 400],
  ["a folder that is none", { ...question, folder: "app" }, 422],
])("refuses %s, and asks nobody", async (_what, body, status) => {
  expect((await call(key, "POST", "/asks", body)).status).toBe(status);
  const { json } = await call<{ permissions: unknown[] }>(daemon.connection.token, "GET", "/permissions");
  expect(json.permissions).toEqual([]);
});

test("a poll whose connection has ended keeps nothing waiting beyond the patience of who asked", async () => {
  const asked = await call<Ask>(key, "POST", "/asks", { ...question, patienceSeconds: 5 });
  const gone = new AbortController();
  const polled = fetch(
    `${daemon.connection.base_url}/gatehouse/v1/asks/${asked.json.id ?? ""}?waitMs=60000`,
    {
      headers: { authorization: `Bearer ${key}` },
      signal: gone.signal,
    },
  );
  await new Promise((resolve) => setTimeout(resolve, 300));
  gone.abort();
  await expect(polled).rejects.toThrow();
  const status = async () =>
    (await call<Ask>(daemon.connection.token, "GET", `/permissions/${asked.json.id ?? ""}`)).json.status;
  expect(await status()).toBe("pending");
  await expect.poll(status, { timeout: 8_000, interval: 250 }).toBe("withdrawn");
}, 20_000);
