import { ServerResponse, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";

export interface Answering {
  readonly response: ServerResponse;
  /** Gives the connection up to whoever speaks on it from now on; the response of HTTP is void. */
  release(): void;
}

/** How to answer on a connection that Node has let go of; it is hung up after the answer. */
export function responseOn(request: IncomingMessage, socket: Socket): Answering {
  const response = new ServerResponse(request);
  // A client that goes away meanwhile is no news: its socket is closed, and the answer goes nowhere.
  const ignore = () => socket.destroy();
  const hangUp = () => socket.destroySoon();
  socket.on("error", ignore);
  response.once("finish", hangUp);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  return {
    response,
    release() {
      socket.off("error", ignore);
      response.off("finish", hangUp);
      response.detachSocket(socket);
    },
  };
}
