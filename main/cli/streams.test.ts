import { createServer, request as httpRequest, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, expectTypeOf, test } from "vitest";
import type * as z from "zod";
import { access } from "../areas/access/contract.ts";
import { eventsArea } from "../areas/index.ts";
import type { PermissionSummary } from "../areas/permissions/contract.ts";
import { permissions } from "../areas/permissions/contract.ts";
import { runs, type Run, type RunProgress } from "../areas/runs/contract.ts";
import { createDaemonClient, type DaemonClient } from "../command/client.ts";
import { CliError, exitCodes } from "../command/exit-codes.ts";
import { daemonAt } from "../command/handshake.ts";
import { DaemonRefusal } from "../command/send.ts";
import type { FrameOf } from "../contract/define.ts";
import { RunId, SessionId } from "../contract/ids.ts";
import type { AccessScope } from "../contract/principal.ts";
import { startHeadlessDaemon, type HeadlessDaemon } from "../testing/headless-daemon.ts";

const events = eventsArea.contract;

let daemon: HeadlessDaemon;
let owner: DaemonClient;
const servers: Server[] = [];

beforeAll(async () => {
  daemon = await startHeadlessDaemon();
  const { base_url: baseUrl, token } = daemon.connection;
  owner = createDaemonClient(daemonAt({ baseUrl, token: null, ownerKey: token }));
}, 20_000);

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

afterAll(() => daemon.remove());

async function listening(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A way to the daemon whose connections can be cut. `asked` is what each stream was asked to go on after. */
async function breakableLine() {
  const { host } = new URL(daemon.connection.base_url);
  const open = new Set<ServerResponse>();
  const asked: (string | undefined)[] = [];
  const server = createServer((incoming, outgoing) => {
    const headers = { ...incoming.headers, host };
    const isStream = /\/(events|stream)$/.test(incoming.url ?? "");
    if (isStream) asked.push(incoming.headers["last-event-id"] as string | undefined);
    const onward = httpRequest(`${daemon.connection.base_url}${incoming.url}`, { headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.on("error", () => outgoing.destroy());
      answer.pipe(outgoing);
      open.add(outgoing);
    });
    outgoing.on("close", () => onward.destroy());
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  const cut = () => {
    for (const each of open) each.destroy();
    open.clear();
  };
  return { baseUrl: await listening(server), cut, asked };
}

async function keyFor(scopes: AccessScope[], baseUrl = daemon.connection.base_url) {
  const { key, token } = await owner(access).createKey({ name: `${scopes.join()} ${Math.random()}`, scopes });
  return { id: key.id, client: createDaemonClient(daemonAt({ baseUrl, token, ownerKey: null })) };
}

const start = (text: string): Promise<Run> =>
  owner(runs).startRun({ sessionId: SessionId.parse("streams"), text });

test("events are typed by what their areas declare, and nothing else is followed", () => {
  type FrameOfEvents = FrameOf<typeof events, "follow">;
  expectTypeOf<Extract<FrameOfEvents, { type: "runs.started" }>["payload"]>().toEqualTypeOf<Run>();
  expectTypeOf<
    Extract<FrameOfEvents, { type: "permissions.asked" }>["payload"]
  >().toEqualTypeOf<PermissionSummary>();
  const run = RunId.parse(`run_${"0".repeat(32)}`);
  void (async () => {
    for await (const frame of owner(runs).follow({ id: run }))
      expectTypeOf(frame).toEqualTypeOf<z.output<typeof RunProgress>>();
    // @ts-expect-error No area tells that.
    for await (const { type } of owner(events).follow({})) if (type === "runs.exploded") return;
    // @ts-expect-error A run is followed by its id.
    void owner(runs).follow({});
    // @ts-expect-error The input is the contract's.
    void owner(events).follow({ after: 3 });
    // @ts-expect-error This area has no streams.
    void owner(permissions).follow({});
  });
});

test("a broken connection is taken up where it was, and nothing is told twice or left out", async () => {
  const line = await breakableLine();
  const { client } = await keyFor(["follow", "read"], line.baseUrl);
  const leave = new AbortController();
  const told: number[] = [];
  const types: string[] = [];
  const following = (async () => {
    for await (const { type, seq } of client(events).follow({}, { signal: leave.signal })) {
      types.push(type);
      if (type !== "ready") told.push(seq);
    }
  })();
  await expect.poll(() => types).toContain("ready");
  for (let round = 1; round <= 3; round += 1) {
    await start("before a break");
    await expect.poll(() => types.filter((type) => type === "runs.started")).toHaveLength(2 * round - 1);
    line.cut();
    await start("while it is broken");
    await expect.poll(() => types.filter((type) => type === "runs.started")).toHaveLength(2 * round);
  }
  leave.abort();
  await expect(following).rejects.toThrow(/abort/);
  expect(told.length).toBeGreaterThan(6);
  expect(told).toEqual(told.map((_seq, at) => (told[0] ?? 0) + at));
  expect(types).not.toContain("reset");
  expect(line.asked[0]).toBeUndefined();
  expect(line.asked).toHaveLength(4);
  for (const after of line.asked.slice(1)) expect(after).toMatch(/^[0-9a-f]{16}-\d+$/);
}, 20_000);

test("a run is followed over breaks to its end, and from its end there is nothing more", async () => {
  const line = await breakableLine();
  const { client } = await keyFor(["follow"], line.baseUrl);
  const { id } = await start('/write_file {"path":"a.txt","content":"x"}');
  const seqs: number[] = [];
  const kinds: string[] = [];
  let isCut = false;
  for await (const { runId, events: batch } of client(runs).follow({ id })) {
    expect(runId).toBe(id);
    for (const { seq, type } of batch) {
      seqs.push(seq);
      kinds.push(type);
    }
    if (isCut || !kinds.includes("permission_request")) continue;
    isCut = true;
    line.cut();
    const [asked] = (await owner(permissions).listPending({})).permissions;
    if (asked !== undefined) await owner(permissions).decide({ id: asked.id, decision: "deny" });
  }
  expect(isCut).toBe(true);
  expect(line.asked.length).toBeGreaterThan(1);
  expect(kinds.at(-1)).toBe("run_done");
  expect(seqs).toEqual(seqs.map((_seq, at) => at + 1));
  const rest: unknown[] = [];
  for await (const frame of client(runs).follow({ id, after: seqs.length })) rest.push(frame);
  expect(rest).toEqual([]);
}, 20_000);

test("a revoked key hears nothing more, and is told why", async () => {
  const { id, client } = await keyFor(["follow"]);
  const types: string[] = [];
  const following = (async () => {
    for await (const { type } of client(events).follow({})) types.push(type);
  })();
  await expect.poll(() => types).toContain("ready");
  await owner(access).revokeKey({ id });
  await expect(following).rejects.toThrow(/refuses the token/);
  const heard = types.length;
  await start("unheard");
  expect(types).toHaveLength(heard);
});

test("what may not be followed, or is not there, is refused with its reason and not tried again", async () => {
  const { client } = await keyFor(["read"]);
  const first = async (frames: AsyncIterable<unknown>) => {
    for await (const frame of frames) return frame;
    return null;
  };
  await expect(first(client(events).follow({}))).rejects.toMatchObject({
    code: "request.forbidden",
    data: { scope: "follow" },
  });
  const nothing = RunId.parse(`run_${"0".repeat(32)}`);
  await expect(first(owner(runs).follow({ id: nothing }))).rejects.toThrow(DaemonRefusal);
});

test("a frame that is not as declared is not handed on", async () => {
  const server = createServer((_request, answer) => {
    answer.writeHead(200, { "content-type": "text/event-stream" });
    answer.write('id: 1\nevent: ready\ndata: {"type":"ready","seq":1,"payload":{}}\n\n');
    answer.write(
      'id: 2\nevent: runs.started\ndata: {"type":"runs.started","seq":2,"payload":{"id":"x"}}\n\n',
    );
  });
  const baseUrl = await listening(server);
  const client = createDaemonClient(daemonAt({ baseUrl, token: "gh_a_b", ownerKey: null }));
  const types: string[] = [];
  const following = (async () => {
    for await (const { type } of client(events).follow({})) types.push(type);
  })();
  await expect(following).rejects.toMatchObject({ exitCode: exitCodes.failed });
  await expect(following).rejects.toThrow(CliError);
  expect(types).toEqual(["ready"]);
});
