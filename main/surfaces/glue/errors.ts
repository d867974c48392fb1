import type { FastifyReply } from "fastify";
import { AppError } from "../../contract/errors.ts";

const CODE_OF_STATUS: Readonly<Record<number, string>> = {
  400: "invalid_request",
  401: "unauthorized",
  403: "forbidden",
  404: "not_found",
  405: "method_not_allowed",
};

/** An answer other than 2xx, in the words of the Glue contract. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = "Refusal";
    this.status = status;
  }
}

export const notFound = (message: string): Refusal => new Refusal(404, message);
export const badRequest = (message: string): Refusal => new Refusal(400, message);

export function sendRefusal(reply: FastifyReply, status: number, message: string): FastifyReply {
  const code = CODE_OF_STATUS[status] ?? "internal";
  return reply
    .code(status)
    .header("content-type", "application/json")
    .serializer(JSON.stringify)
    .send({ error: { code, message, retryable: false } });
}

/** Contract: never throws. Our own refusals keep their words; a bug's words stay in the log. */
export function sendError(
  reply: FastifyReply,
  error: unknown,
  report: (error: unknown) => void,
): FastifyReply {
  if (error instanceof Refusal) return sendRefusal(reply, error.status, error.message);
  if (error instanceof AppError) return sendRefusal(reply, error.status, error.message);
  const { statusCode, message } = error as { statusCode?: number; message?: string };
  if (statusCode === 413) return sendRefusal(reply, 400, "request body is too large");
  if (statusCode !== undefined && statusCode < 500) return sendRefusal(reply, 400, message ?? "bad request");
  report(error);
  return sendRefusal(reply, 500, "internal error");
}
