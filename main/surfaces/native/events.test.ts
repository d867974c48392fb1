import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AUTH, createRecordingApp, type RecordingApp } from "./testing/recording-app.ts";

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
  readonly headers: IncomingHttpHeaders;
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
        headers: response.headers,
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
  for (const query of ["?after=yesterday", "?after=1&after=2", "?after=1e3", `?run=run_${"a".repeat(32)}`]) {
    expect((await open(query)).status, query).toBe(400);
  }
  expect((await open("?after=1", { "last-event-id": "yesterday" })).status).toBe(400);
  expect(
    (await app.inject({ url: "/gatehouse/v1/events", headers: { host: "localhost:1" } })).statusCode,
  ).toBe(401);
});

test("an event is encoded once, however many follow, and also for those who missed it", async () => {
  let encoded = 0;
  const payload = { toJSON: () => (encoded += 1) };
  const both = [await open(), await open()];
  await Promise.all(both.map((reader) => reader.until("event: ready")));
  bus.publish("sessions.changed", payload);
  both.push(await open("?after=0"));
  const texts = await Promise.all(both.map((reader) => reader.until('"payload":1}')));
  for (const text of texts) expect(text).toContain('"type":"sessions.changed","seq":1,"payload":1}');
  expect(encoded).toBe(1);
});

test("an answer and a stream both say up to where they know", async () => {
  bus.publish("sessions.changed", { n: 1 });
  const reader = await open();
  expect(reader.headers).toMatchObject({
    "gatehouse-seq": "1",
    "gatehouse-boot": bus.bootId,
    "x-content-type-options": "nosniff",
  });
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
