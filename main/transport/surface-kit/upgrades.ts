import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { HttpServer } from "../http.ts";
import { responseOn, type Answering } from "./response-on.ts";

/** A connection whose client asks to speak something else on it. */
export interface Upgrade extends Pick<Answering, "release"> {
  readonly socket: Socket;
  /** What the client has sent already. */
  readonly head: Buffer;
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
    const { response, release } = responseOn(request, socket);
    upgrades.set(request, { socket, head, release });
    server.routing(request, response);
  });
}
