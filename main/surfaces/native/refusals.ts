import { AppError, invalidRequest, toWireError } from "../../contract/errors.ts";
import { missingScope } from "../../kernel/invoke.ts";
import type { Refusal, RefusalWords } from "../../transport/surface-kit/refusals.ts";

const refusal = (status: number, code: string, message: string): Refusal => ({ status, code, message });

/** What the kit refuses, in our own words. */
export const refusals: RefusalWords = {
  foreign: ({ reason }) => refusal(403, "request.foreign", `This request is refused: ${reason}.`),
  unauthenticated: () =>
    refusal(401, "request.unauthorized", "Send the token from the connection file as a bearer token."),
  forbidden: ({ scope }) => missingScope(scope),
  unknownRoute: ({ method, path }) =>
    refusal(
      404,
      "request.unknown_route",
      `There is no ${method} ${path}. The reference is at /gatehouse/docs.`,
    ),
  wrongMethod: ({ method, allowed }) => ({
    ...refusal(
      405,
      "request.method_not_allowed",
      `${method} is not possible here, only ${allowed.join(", ")}.`,
    ),
    headers: { allow: allowed.join(", ") },
  }),
  undecodablePath: () => invalidRequest("The path can't be decoded."),
  tooLarge: ({ limitBytes }) =>
    refusal(413, "request.too_large", `The body is larger than ${limitBytes / 1024 / 1024} MiB.`),
  tooMuch: ({ excess }) => refusal(413, "request.too_large", `The body has ${excess}.`),
  unreadable: ({ message }) => invalidRequest(message),
  internal: () => {
    const { status, body } = toWireError(null);
    return { status, ...body };
  },
};

/** Refusals of areas as they are. */
export const refusalOf = (error: unknown): Refusal | null => (error instanceof AppError ? error : null);

export const envelope = ({ code, message, data }: Refusal): object => ({
  error: data === undefined ? { code, message } : { code, message, data },
});
