import type { FastifyRequest } from "fastify";
import type { IncomingMessage } from "node:http";
import { WebSocketServer, type WebSocket } from "ws";
import { createJsonBounds } from "../../kernel/json-bounds.ts";
import type { HttpServer } from "../http.ts";
import { Refused, type Refusal } from "./refusals.ts";
import type { Route } from "./surface.ts";
import { rawHttp } from "./unreadable.ts";
import { acceptUpgrades, upgradeOf } from "./upgrades.ts";

/** One client on one WebSocket, as frames of text. */
export interface Conversation {
  /** False when the client reads too slowly: hold back until `drained` is called. */
  send(text: string): boolean;
  /** Codes 1000, 1001, 1003, 1008, 1009, 1011, 1013 or 3000 to 4999. */
  close(code: number, reason: string): void;
}

export interface ConversationHandlers {
  readonly received: (text: string) => void;
  readonly drained: () => void;
  /** Called once, whoever ended it. */
  readonly left: () => void;
}

export interface WebSocketRoute extends Pick<Route, "path" | "needs" | "authenticate"> {
  /** Said to a request that does not ask for a WebSocket. */
  readonly plainRequest: Refusal;
  /** Subprotocols that are spoken, best first. None are asked for if it is empty. */
  readonly protocols: readonly string[];
  /** A longer message, and one that holds more values than any honest one, ends the conversation with 1009. */
  readonly maxMessageBytes: number;
  /** Milliseconds between pings; whoever has not answered one by the next is let go. */
  readonly pingMs: number;
  /** Runs before the upgrade and may throw a refusal; the result begins the conversation. */
  readonly open: (request: FastifyRequest) => (conversation: Conversation) => ConversationHandlers;
}

/** More than this unread, and the client is held to read slowly. */
const HIGH_WATER_BYTES = 256 * 1024;
const GOING_AWAY = 1001;
const TOO_BIG = 1009;
const GOODBYE_MS = 500;

/** A place of a surface where its clients speak WebSocket. All checks of the surface come before. */
export function webSocketRoute(server: HttpServer, route: WebSocketRoute): Route {
  acceptUpgrades(server);
  const { path, needs, authenticate, protocols, pingMs } = route;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: route.maxMessageBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => protocols.find((name) => offered.has(name)) ?? false,
  });
  // The handshake itself was wrong: the surface has the words for what can't be read.
  sockets.on("wsClientError", (error, socket, request: IncomingMessage) => {
    const answer = server.claims.at(request.url ?? "/").unreadable(error.message, 400);
    socket.end(rawHttp(answer));
  });
  server.addHook("preClose", async () => endAll(sockets));

  return {
    method: "GET",
    path,
    needs,
    ...(authenticate !== undefined && { authenticate }),
    handler(request, reply) {
      const upgrade = upgradeOf(request.raw);
      if (upgrade === undefined || request.headers.upgrade?.toLowerCase() !== "websocket") {
        throw new Refused(route.plainRequest);
      }
      const begin = route.open(request);
      reply.hijack();
      upgrade.release();
      sockets.handleUpgrade(request.raw, upgrade.socket, upgrade.head, (socket) =>
        converse(socket, begin, pingMs),
      );
    },
  };
}

function converse(
  socket: WebSocket,
  begin: (conversation: Conversation) => ConversationHandlers,
  pingMs: number,
): void {
  let isHeldBack = false;
  const sent = () => {
    if (!isHeldBack || socket.bufferedAmount > 0 || socket.readyState !== socket.OPEN) return;
    isHeldBack = false;
    handlers.drained();
  };
  const handlers = begin({
    send(text) {
      if (socket.readyState !== socket.OPEN) return false;
      socket.send(text, sent);
      isHeldBack ||= socket.bufferedAmount > HIGH_WATER_BYTES;
      return !isHeldBack;
    },
    close: (code, reason) => socket.close(code, reason),
  });

  let isAnswering = true;
  const ping = setInterval(() => {
    if (!isAnswering) return socket.terminate();
    isAnswering = false;
    socket.ping();
  }, pingMs);
  socket.on("pong", () => (isAnswering = true));
  socket.on("message", (data: Buffer) => {
    const excess = createJsonBounds().add(data);
    if (excess === null) handlers.received(data.toString("utf8"));
    else socket.close(TOO_BIG, `the message has ${excess}`);
  });
  // What is wrong with a frame ends the conversation by itself, with the code that says what.
  socket.on("error", () => undefined);
  socket.once("close", () => {
    clearInterval(ping);
    handlers.left();
  });
}

/** Clients are told that the daemon goes; who does not answer is cut off. */
async function endAll(sockets: WebSocketServer): Promise<void> {
  for (const socket of sockets.clients) {
    socket.close(GOING_AWAY, "the daemon stops");
    setTimeout(() => socket.terminate(), GOODBYE_MS).unref();
  }
}
