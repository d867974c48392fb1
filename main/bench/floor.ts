import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * The floor: a bare server that sends prepared bytes and stores nothing, in a process of its own. What the daemon
 * takes above it is the daemon's own.
 */
const words = (count: number): string => {
  const frame = (i: number) => `id: evt_${i}\nevent: text_delta\ndata: ${"x".repeat(290)}\n\n`;
  return Array.from({ length: count + 9 }, (_, i) => frame(i)).join("");
};
const bodies = new Map<number, Buffer>();

const server = createServer((request, response) => {
  if (request.method === "POST") {
    request.resume().on("end", () => {
      const count = /sessions\/(\d+)/.exec(request.url ?? "")?.[1] ?? "50";
      response.writeHead(201, { "content-type": "application/json" });
      response.end(JSON.stringify({ run_id: count, session_id: "s", events_url: "/" }));
    });
    return;
  }
  const count = Number(/runs\/(\d+)/.exec(request.url ?? "")?.[1] ?? 50);
  let body = bodies.get(count);
  if (body === undefined) bodies.set(count, (body = Buffer.from(words(count))));
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.end(body);
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`base_url: http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
