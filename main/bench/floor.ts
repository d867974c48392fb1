import { writeFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

/**
 * The floor: a bare server that sends prepared bytes and stores nothing but the files that a permission is given for,
 * in a process of its own. What the daemon takes above it is the daemon's own.
 */
const frame = (i: number) => `id: evt_${i}\nevent: text_delta\ndata: ${"x".repeat(290)}\n\n`;
const words = (count: number): string => Array.from({ length: count + 9 }, (_, i) => frame(i)).join("");
const bodies = new Map<number, Buffer>();

const ASKS = "asks-";
const question = `id: evt_0\nevent: permission_request\ndata: {"permission_id":"perm_${"0".repeat(32)}"}\n\n`;
const closing = "id: evt_1\nevent: run_done\ndata: {}\n\n";
const waiting = new Map<string, ServerResponse>();
const workFolder = process.argv[2] ?? ".";
let asked = 0;

const server = createServer((request, response) => {
  const url = request.url ?? "";
  if (request.method === "POST") {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      if (url.endsWith("/decision")) return decide(runIn(url), response);
      const runId = body.includes("/write_file")
        ? `${ASKS}${(asked += 1)}`
        : (/sessions\/(\d+)/.exec(url)?.[1] ?? "50");
      answer(response, 201, { run_id: runId, session_id: "s", events_url: "/" });
    });
    return;
  }
  if (url === "/v1/health") return answer(response, 200, { ok: true });
  response.writeHead(200, { "content-type": "text/event-stream" });
  const runId = runIn(url);
  if (runId.startsWith(ASKS)) {
    waiting.set(runId, response);
    response.write(question);
  } else {
    response.end(bodyOf(Number(runId)));
  }
});

function decide(runId: string, response: ServerResponse): void {
  writeFileSync(join(workFolder, `${runId}.txt`), "x", { flag: "wx", flush: true });
  answer(response, 200, { accepted: true });
  waiting.get(runId)?.end(closing);
  waiting.delete(runId);
}

function answer(response: ServerResponse, status: number, body: object): void {
  const json = JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json", "content-length": json.length }).end(json);
}

const runIn = (url: string): string => /runs\/([^/]+)/.exec(url)?.[1] ?? "";

function bodyOf(count: number): Buffer {
  let body = bodies.get(count);
  if (body === undefined) bodies.set(count, (body = Buffer.from(words(count))));
  return body;
}

server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`base_url: http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
process.on("SIGTERM", () => process.exit(0));
