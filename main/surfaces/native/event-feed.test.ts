import { request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RunId } from "../../contract/ids.ts";
import type { RunFollower } from "./event-feed.ts";
import { AUTH, createRecordingApp, type RecordingApp } from "./testing/recording-app.ts";

const RUN = RunId.parse(`run_${"a".repeat(32)}`);

let app: RecordingApp["app"];
let bus: RecordingApp["bus"];
let reported: RecordingApp["reported"];

beforeEach(async () => {
  ({ app, bus, reported } = await createRecordingApp());
});

afterEach(async () => {
  for (const reader of readers.splice(0)) reader.close();
  await app.close();
});

interface Reader {
  readonly status: number;
  text(): string;
  until(part: string): Promise<string>;
  pause(): void;
  readonly closed: Promise<void>;
  close(): void;
}

const readers: Reader[] = [];
async function open(query = "", headers: Record<string, string> = {}): Promise<Reader> {
  if (!app.server.listening) await app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      port,
      path: `/gatehouse/v1/events${query}`,
      headers: { ...AUTH, ...headers },
    });
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
          // Megabytes are looked through here: a failed `toContain` would print them anew each time.
          await vi.waitFor(() => expect(text.includes(part), `the stream brings ${part}`).toBe(true), 20_000);
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

test("events arrive in order with an id that can be gone on from", async () => {
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

test("a client goes on where it was, or starts over when that is not possible", async () => {
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

test("what can't be followed is refused before the stream begins", async () => {
  for (const query of ["?after=yesterday", "?run=run_1", `?run=${RUN}:x`]) {
    expect((await open(query)).status).toBe(400);
  }
  expect((await open(`?run=${RUN}`)).status).toBe(404);
  expect(
    (await app.inject({ url: "/gatehouse/v1/events", headers: { host: "localhost:1" } })).statusCode,
  ).toBe(401);
});

test("the progress of a run is held back while the client does not read", async () => {
  await app.close();
  let stopped = 0;
  let pushed = 0;
  const follower: RunFollower = {
    follow(id, after, client) {
      expect([id, after]).toEqual([RUN, 5]);
      const pump = () => {
        let wantsMore = true;
        while (pushed < 40 && wantsMore) {
          pushed += 1;
          const delta = "x".repeat(200_000);
          wantsMore = client.push({ events: [{ seq: pushed, at: 0, type: "text_delta", delta }] });
        }
      };
      pump();
      return { resume: pump, stop: () => (stopped += 1) };
    },
  };
  ({ app } = await createRecordingApp(follower));
  const reader = await open(`?run=${RUN}:5`);
  await reader.until('"seq":40,');
  expect(reader.text().match(/event: runs\.progressed\n/g)).toHaveLength(40);
  expect(reader.text()).toContain(
    `data: {"type":"runs.progressed","seq":0,"payload":{"runId":"${RUN}","events":[{"seq":1,`,
  );
  reader.close();
  await vi.waitFor(() => expect(stopped).toBe(1));
});

test("a client that does not read is let go before much waits for it", async () => {
  const reader = await open();
  reader.pause();
  for (let n = 0; n < 60; n += 1) {
    bus.publish("sessions.changed", { n, filler: "x".repeat(500_000) });
    await new Promise(setImmediate);
  }
  const connections = () =>
    new Promise((resolve) => app.server.getConnections((_error, count) => resolve(count)));
  await vi.waitFor(async () => expect(await connections()).toBe(0));
  expect(reported).toEqual([]);
});

test("streams end when the server closes", async () => {
  const reader = await open();
  await reader.until("ready");
  await app.close();
  await reader.closed;
});
