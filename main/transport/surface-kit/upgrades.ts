import { ServerResponse, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { HttpServer } from "../http.ts";

/** A connection whose client asks to speak something else on it. */
export interface Upgrade {
  readonly socket: Socket;
  /** What the client has sent already. */
  readonly head: Buffer;
  /** Gives the connection up to whoever speaks on it from now on; the response of HTTP is void. */
  release(): void;
}

const upgrades = new WeakMap<IncomingMessage, Upgrade>();
const accepting = new WeakSet<HttpServer>();

/** The upgrade that this request asks for, if it is one. */
export const upgradeOf = (request: IncomingMessage): Upgrade | undefined => upgrades.get(request);

/**
 * Sends requests to upgrade through the router like all others, so that guard, callers and refusals are the surface's.
 * Needed only where a surface speaks WebSocket; until then such requests are answered as if they had not asked.
 */
export function acceptUpgrades(server: HttpServer): void {
  if (accepting.has(server)) return;
  accepting.add(server);

  server.server.on("upgrade", (request: IncomingMessage, duplex, head: Buffer) => {
    const socket = duplex as Socket;
    const response = new ServerResponse(request);
    // A client that goes away meanwhile is no news: its socket is closed, and the answer goes nowhere.
    const ignore = () => socket.destroy();
    const hangUp = () => socket.destroySoon();
    socket.on("error", ignore);
    response.once("finish", hangUp);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    upgrades.set(request, {
      socket,
      head,
      release() {
        socket.off("error", ignore);
        response.off("finish", hangUp);
        response.detachSocket(socket);
      },
    });
    server.routing(request, response);
  });
}
