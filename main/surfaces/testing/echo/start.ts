import type { AddressInfo } from "node:net";
import { ALL_SCOPES, personAt } from "../../../contract/principal.ts";
import { createHttpServer } from "../../../transport/http.ts";
import { mountSurface } from "../../../transport/surface-kit/mount.ts";
import type { Refusal } from "../../../transport/surface-kit/refusals.ts";
import { webSocketRoute } from "../../../transport/surface-kit/web-socket.ts";

/** A program that says back what it is told on a WebSocket of the surface kit, to be run by whatever runs programs. */
const refusal = (status: number, message: string): Refusal => ({ status, code: String(status), message });
const no = () => refusal(400, "no");

const server = createHttpServer();
const hosts = new Set<string>();
mountSurface(
  server,
  {
    name: "echo",
    owns: ["/"],
    routes: [
      webSocketRoute(server, {
        path: "/echo",
        needs: "follow",
        plainRequest: refusal(426, "speak WebSocket"),
        protocols: ["echo.v1"],
        maxMessageBytes: 1_000_000,
        pingMs: 200,
        open: () => (conversation) => ({
          received: (text) => void conversation.send(text),
          drained: () => undefined,
          left: () => void process.stdout.write("left\n"),
        }),
      }),
    ],
    authenticate: ({ headers }) =>
      headers.authorization === "Bearer gö" ? { ...personAt("window"), scopes: ALL_SCOPES } : null,
    order: "caller first",
    refusals: {
      foreign: ({ reason }) => refusal(403, reason),
      unauthenticated: () => refusal(401, "who"),
      forbidden: no,
      unknownRoute: () => refusal(404, "nowhere"),
      wrongMethod: no,
      undecodablePath: no,
      tooLarge: no,
      tooMuch: no,
      unreadable: no,
      internal: () => refusal(500, "ours"),
    },
    refusalOf: () => null,
    envelope: ({ message }) => message,
    contentType: "text/plain",
    serialize: String,
    bodyLimitBytes: 1_000,
    contentTypeIsRead: false,
  },
  { allowedHosts: () => hosts, report: (error) => void process.stderr.write(`${String(error)}\n`) },
);

void server.listen({ host: "127.0.0.1", port: 0 }).then(() => {
  const { port } = server.server.address() as AddressInfo;
  hosts.add(`127.0.0.1:${port}`);
  process.stdout.write(`electron ${process.versions["electron"] ?? "none"} port ${port}\n`);
});
