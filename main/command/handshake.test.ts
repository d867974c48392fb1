import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { createHandshakes } from "../transport/handshake.ts";
import { systemClock } from "../kernel/clock.ts";
import { createFakeClock } from "../testing/fake-clock.ts";
import { permissions } from "../areas/permissions/contract.ts";
import { runs } from "../areas/runs/contract.ts";
import type { RunId } from "../contract/ids.ts";
import { createDaemonClient } from "./client.ts";
import { daemonAt } from "./handshake.ts";

const KEY = "0123456789abcdef".repeat(4);
const NAMED = `gh_${"a".repeat(16)}_${"b".repeat(64)}`;

/** A process on a daemon's port. It answers handshakes as `greet` says, and keeps every word it was told. */
async function listenWith(greet: (nonce: string, request: IncomingMessage) => unknown) {
  const told: string[] = [];
  const calls: { path: string; token: string }[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      told.push(`${request.method} ${request.url} ${request.rawHeaders.join(" ")} ${body}`);
      const isGreeting = request.url === "/gatehouse/v1/handshake";
      calls.push({ path: request.url ?? "", token: request.headers.authorization?.slice(7) ?? "" });
      const answer = isGreeting
        ? greet((JSON.parse(body) as { nonce: string }).nonce, request)
        : { permissions: [] };
      response.statusCode = answer === 401 ? 401 : 200;
      response.end(JSON.stringify(answer));
    });
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}`, told, calls };
}

const listPending = (place: Parameters<typeof daemonAt>[0]) =>
  createDaemonClient(daemonAt(place))(permissions).listPending();

test.each([
  ["answers anything", () => ({ nonce: "0".repeat(88), proof: "0".repeat(64) })],
  ["has another key", (nonce: string) => createHandshakes("another", systemClock).greet(nonce, "x")],
  [
    "passes the greeting on to the daemon, which listens elsewhere by now",
    (nonce: string) => createHandshakes(KEY, systemClock).greet(nonce, "127.0.0.1:1"),
  ],
  ["knows no handshake", () => ({ error: "no" })],
])("a process that has taken the port and %s learns nothing", async (_what, greet) => {
  const squatter = await listenWith(greet);
  const { baseUrl, told } = squatter;
  for (const place of [
    { baseUrl, token: null, ownerKey: KEY },
    { baseUrl, token: KEY, ownerKey: null },
    { baseUrl, token: NAMED, ownerKey: KEY },
  ]) {
    await expect(listPending(place)).rejects.toThrow(/is not (your|a) Gatehouse/);
  }
  expect(told).toHaveLength(3);
  const all = told.join("\n");
  for (const secret of [KEY, NAMED, "authorization", "gs_"]) expect(all.toLowerCase()).not.toContain(secret);
});

test("a daemon that proves itself is asked in one session, begun with one round trip", async () => {
  const handshakes = createHandshakes(KEY, systemClock);
  const { baseUrl, calls, told } = await listenWith((nonce, { headers }) =>
    handshakes.greet(nonce, headers.host ?? ""),
  );
  const client = createDaemonClient(daemonAt({ baseUrl, token: null, ownerKey: KEY }));
  await Promise.all([client(permissions).listPending(), client(permissions).listPending()]);
  await client(permissions).listPending();
  expect(calls.map(({ path }) => path)).toEqual([
    "/gatehouse/v1/handshake",
    ...Array.from({ length: 3 }, () => "/gatehouse/v1/permissions"),
  ]);
  const host = new URL(baseUrl).host;
  expect(calls.slice(1).every(({ token }) => handshakes.isSession(token, host))).toBe(true);
  expect(told.join()).not.toContain(KEY);
});

test("a session that has ended is begun anew, once", async () => {
  const clock = createFakeClock();
  const handshakes = createHandshakes(KEY, clock);
  const daemon = await listenWith((nonce, { headers }) => handshakes.greet(nonce, headers.host ?? ""));
  const address = daemonAt({ baseUrl: daemon.baseUrl, token: null, ownerKey: KEY });
  const host = new URL(daemon.baseUrl).host;
  const first = await address.token();
  clock.advance(60 * 60_000);
  expect(handshakes.isSession(first, host)).toBe(false);
  expect(handshakes.isSession(await address.token(true), host)).toBe(true);
  expect(daemon.calls).toHaveLength(2);
});

test("what takes the port later learns no named key, neither from a call nor from a stream that goes on", async () => {
  const handshakes = createHandshakes(KEY, systemClock);
  let isTaken = false;
  const daemon = await listenWith((nonce, { headers }) =>
    isTaken ? { nonce: "0".repeat(88), proof: "0".repeat(64) } : handshakes.greet(nonce, headers.host ?? ""),
  );
  const client = createDaemonClient(daemonAt({ baseUrl: daemon.baseUrl, token: NAMED, ownerKey: KEY }));
  await client(permissions).listPending();
  const frames = client(runs).follow({ id: "run_1" as RunId, after: 0 });
  const following = frames[Symbol.asyncIterator]().next();
  await expect.poll(() => daemon.calls.filter(({ path }) => path.includes("/stream"))).not.toHaveLength(0);
  isTaken = true;
  const known = daemon.told.length;
  await expect(following).rejects.toThrow("is not your Gatehouse");
  await expect(client(permissions).listPending()).rejects.toThrow("is not your Gatehouse");
  expect(daemon.told.slice(known).join("\n")).not.toContain(NAMED);
});

test("a named key is sent as it is, where the owner key is at hand only after the daemon's proof", async () => {
  const handshakes = createHandshakes(KEY, systemClock);
  const daemon = await listenWith((nonce, { headers }) => handshakes.greet(nonce, headers.host ?? ""));
  await listPending({ baseUrl: daemon.baseUrl, token: NAMED, ownerKey: KEY });
  await listPending({ baseUrl: daemon.baseUrl, token: NAMED, ownerKey: null });
  expect(daemon.calls).toEqual([
    { path: "/gatehouse/v1/handshake", token: "" },
    { path: "/gatehouse/v1/permissions", token: NAMED },
    { path: "/gatehouse/v1/permissions", token: NAMED },
  ]);
});
