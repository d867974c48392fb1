import type { FastifyReply } from "fastify";

/** An open Server-Sent Events response. */
export interface EventStream {
  /** False when the client reads too slowly: hold back until `drained` is called. */
  write(frames: string | Uint8Array): boolean;
  end(): void;
}

export interface EventStreamHandlers {
  readonly drained: () => void;
  /** Called once, when the client is gone before `end`. */
  readonly left: () => void;
  /** Milliseconds between comment lines that keep the line open. */
  readonly heartbeatMs: number;
}

const HEADERS = {
  "Content-Type": "text/event-stream",
  "Cache-Control": "no-cache",
  Connection: "keep-alive",
  "X-Accel-Buffering": "no",
} as const;

/** Takes the connection over from the framework and begins a stream on it. */
export function openEventStream(reply: FastifyReply, handlers: EventStreamHandlers): EventStream {
  reply.hijack();
  const response = reply.raw;
  let ended = false;
  const { socket } = response;
  // What is there at once leaves at once: headers, stored events and often the end in a single packet. It is the
  // socket that is corked: a corked response puts its end before the chunks that it holds back.
  socket?.cork();
  process.nextTick(() => socket?.uncork());
  response.writeHead(200, HEADERS);
  socket?.setNoDelay(true);
  const heartbeat = setInterval(() => response.write(": ping\n\n"), handlers.heartbeatMs);
  heartbeat.unref();
  response.on("drain", handlers.drained);
  response.on("error", () => response.destroy());
  response.once("close", () => {
    clearInterval(heartbeat);
    if (!ended) handlers.left();
    ended = true;
  });
  return {
    write: (frames) => !ended && response.write(frames),
    end() {
      if (ended) return;
      ended = true;
      clearInterval(heartbeat);
      response.end();
    },
  };
}
