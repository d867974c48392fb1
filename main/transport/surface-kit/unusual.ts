import type { FastifyInstance } from "fastify";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { PathClaims } from "./claims.ts";
import { responseOn } from "./response-on.ts";

/**
 * What Node would answer by itself, or not at all: CONNECT, and an `Expect` header. It is answered like everything
 * else: by the surface that owns the path, after the checks that come first.
 */
export function answerUnusual(app: FastifyInstance, claims: PathClaims): void {
  const { server } = app;
  server.on("connect", (request: IncomingMessage, socket) => {
    app.routing(request, responseOn(request, socket as Socket).response);
  });

  const waiting = new WeakSet<IncomingMessage>();
  server.on("checkContinue", (request: IncomingMessage, response: ServerResponse) => {
    waiting.add(request);
    app.routing(request, response);
  });
  // By now it is known who sends the body and that it is wanted.
  app.addHook("preParsing", ({ raw }, reply, payload, next) => {
    if (waiting.delete(raw)) reply.raw.writeContinue();
    next(null, payload);
  });
  server.on("checkExpectation", (request: IncomingMessage, response: ServerResponse) => {
    const { contentType, body } = claims
      .at(request.url ?? "/")
      .unreadable("Only 100-continue can be expected.", 417);
    response.writeHead(417, { "content-type": contentType, connection: "close" }).end(body);
  });
}
