import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { AppError, invalidRequest, toWireError } from "../../contract/errors.ts";

export const BODY_LIMIT_BYTES = 20 * 1024 * 1024;

export const unknownRoute = (method: string, path: string) =>
  new AppError(
    "request.unknown_route",
    404,
    `There is no ${method} ${path}. The reference is at /gatehouse/docs.`,
  );

export const methodNotAllowed = (method: string, allowed: readonly string[]) =>
  new AppError(
    "request.method_not_allowed",
    405,
    `${method} is not possible here, only ${allowed.join(", ")}.`,
  );

/** Every error of this surface leaves through here, as `{"error":{"code","message","data"?}}`. */
export function createErrorHandler(report: (error: unknown) => void) {
  return (error: unknown, _request: FastifyRequest, reply: FastifyReply): void => {
    const { status, body } = toWireError(translated(error));
    if (status >= 500) report(error);
    void reply
      .status(status)
      .type("application/json")
      .send(JSON.stringify({ error: body }));
  };
}

export const pathOf = (request: FastifyRequest): string => request.url.split("?", 1)[0] ?? "";

/** What the framework refuses by itself, in our words. */
function translated(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error;
  const { code, statusCode } = error as Partial<FastifyError>;
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") {
    const limit = `${BODY_LIMIT_BYTES / 1024 / 1024} MiB`;
    return new AppError("request.too_large", 413, `The body is larger than ${limit}.`, { cause: error });
  }
  return statusCode !== undefined && statusCode >= 400 && statusCode < 500
    ? invalidRequest(error.message)
    : error;
}
