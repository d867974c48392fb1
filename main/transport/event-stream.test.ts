import fastify, { type FastifyInstance } from "fastify";
import { afterEach, describe, expect, it } from "vitest";
import { openEventStream, type EventStream } from "./event-stream.ts";

let server: FastifyInstance | undefined;

afterEach(() => server?.close());

/** Serves one stream on which `play` acts as soon as it is open. */
async function served(
  play: (stream: EventStream) => void,
  told: { drained?: () => void; left?: () => void; heartbeatMs?: number } = {},
): Promise<Response> {
  server = fastify();
  const { drained = () => undefined, left = () => undefined, heartbeatMs = 60_000 } = told;
  server.get("/", (_request, reply) => play(openEventStream(reply, { drained, left, heartbeatMs })));
  return fetch(await server.listen({ host: "127.0.0.1", port: 0 }));
}

describe("an event stream", () => {
  it("sends several frames and the end, all in one turn, in order", async () => {
    const response = await served((stream) => {
      stream.write("one\n\n");
      stream.write(Buffer.from("two\n\n"));
      stream.write("three\n\n");
      stream.end();
    });
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(await response.text()).toBe("one\n\ntwo\n\nthree\n\n");
  });

  it("takes more than fits into the socket at once and tells when it can take more", async () => {
    const part = `${"x".repeat(1023)}\n`;
    let sent = 0;
    let stream: EventStream | undefined;
    let drains = 0;
    const more = () => {
      while (sent < 4096) {
        sent += 1;
        if (stream?.write(part) !== true) return;
      }
      stream?.end();
    };
    const drained = () => {
      drains += 1;
      more();
    };
    const response = await served(
      (opened) => {
        stream = opened;
        more();
      },
      { drained },
    );
    expect(await response.text()).toBe(part.repeat(4096));
    expect(drains).toBeGreaterThan(0);
  });

  it("says once that the client has left, and nothing after its own end", async () => {
    let left = 0;
    const response = await served((stream) => stream.write("one\n\n"), { left: () => (left += 1) });
    await response.body?.cancel();
    await expect.poll(() => left).toBe(1);
    await server?.close();

    const ended = await served((stream) => stream.end(), { left: () => (left += 1) });
    expect(await ended.text()).toBe("");
    expect(left).toBe(1);
  });

  it("keeps the line open with comments until it ends", async () => {
    const response = await served((stream) => void setTimeout(() => stream.end(), 60), { heartbeatMs: 20 });
    expect(await response.text()).toMatch(/^(: ping\n\n){1,3}$/);
  });
});
