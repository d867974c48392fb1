import type { FastifyReply } from "fastify";
import { Socket } from "node:net";
import type { RawAnswer } from "./claims.ts";
import { mayHaveBody, rawHttp } from "./unreadable.ts";

/** For the client to read the answer before it learns that nobody reads on: a reset would take the answer with it. */
const LINGER_MS = 500;

/** Whether the request was refused before all of its body had come, and its turn to be answered is now. */
export function isBodyUnread({ request: { raw }, raw: response }: FastifyReply): boolean {
  return !raw.complete && mayHaveBody(raw) && response.socket instanceof Socket && !response.headersSent;
}

/** Answers and closes the connection: a body that nobody wants is not read to its end. */
export function refuseAndHangUp(reply: FastifyReply, answer: RawAnswer): FastifyReply {
  reply.hijack();
  const { socket } = reply.request.raw;
  const { "content-type": _own, ...headers }: Record<string, unknown> = reply.getHeaders();
  socket.end(rawHttp(answer, headers));
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
  return reply;
}
