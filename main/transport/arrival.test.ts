import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { ALL_SCOPES } from "../contract/principal.ts";
import { mount } from "../surfaces/nobody/surface.ts";
import { createHttpServer } from "./http.ts";
import { textBody } from "./surface-kit/bodies.ts";
import { mountSurface } from "./surface-kit/mount.ts";
import type { Refusal } from "./surface-kit/refusals.ts";

const refusal = (status: number, message: string): Refusal => ({ status, code: `c${status}`, message });

/** A server whose requests have to arrive within moments. */
async function serve() {
  const server = createHttpServer({ headersMs: 100, requestMs: 300 });
  onTestFinished(() => server.close());
  const hosts = new Set<string>();
  const deps = { allowedHosts: () => hosts, report: () => undefined };
  mount(server, deps);
  mountSurface(
    server,
    {
      name: "a",
      owns: ["/a"],
      routes: [
        { method: "POST", path: "/a/things", needs: "run", handler: (request) => textBody(request) },
        {
          method: "GET",
          path: "/a/slow",
          needs: "run",
          handler: () => new Promise((resolve) => void setTimeout(resolve, 900, "at last")),
        },
      ],
      authenticate: () => ({
        kind: "owner",
        id: "owner",
        name: "",
        door: "api",
        proof: "token",
        scopes: ALL_SCOPES,
        label: "",
      }),
      order: "caller first",
      refusals: {
        foreign: ({ reason }) => refusal(403, reason),
        unauthenticated: () => refusal(401, "who"),
        forbidden: () => refusal(403, "no"),
        unknownRoute: () => refusal(404, "nowhere"),
        wrongMethod: () => refusal(405, "not so"),
        undecodablePath: () => refusal(400, "path"),
        tooLarge: () => refusal(413, "large"),
        tooMuch: () => refusal(400, "much"),
        unreadable: ({ message }) => refusal(400, message),
        internal: () => refusal(500, "ours"),
      },
      refusalOf: () => null,
      envelope: ({ message }) => `a says: ${message}`,
      contentType: "text/plain",
      serialize: String,
      bodyLimitBytes: 1_000_000,
      contentTypeIsRead: false,
    },
    deps,
  );
  await server.listen({ host: "127.0.0.1", port: 0 });
  const { port } = server.server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  hosts.add(host);
  /** Sends the beginning, then a drop now and then, and reads until it is hung up on. */
  const trickle = (beginning: string, drop: string) =>
    new Promise<string>((resolve) => {
      let answer = "";
      const socket = connect(port, "127.0.0.1", () => socket.write(beginning));
      const drops = setInterval(() => socket.write(drop), 40);
      socket.on("data", (part) => (answer += part.toString()));
      socket.on("error", () => undefined);
      socket.on("close", () => {
        clearInterval(drops);
        resolve(answer);
      });
    });
  return { host, trickle };
}

test("a body that comes too slowly is cut off, in the words of the surface that it was for", async () => {
  const { host, trickle } = await serve();
  const head = `POST /a/things HTTP/1.1\r\nHost: ${host}\r\n`;
  for (const framing of ["Content-Length: 100000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n"]) {
    const answer = await trickle(head + framing, framing.startsWith("C") ? "x" : "1\r\nx\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(answer).toMatch(/a says: The request can't be read: request timeout\.$/);
  }
});

test("headers that never end are cut off", async () => {
  const { host, trickle } = await serve();
  expect(await trickle(`GET /a/things HTTP/1.1\r\nHost: ${host}\r\nX: `, "x")).toMatch(/^HTTP\/1\.1 408 /);
});

test("an answer may take as long as it does", async () => {
  const { host, trickle } = await serve();
  const answer = await trickle(`GET /a/slow HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`, "");
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*at last$/);
});
