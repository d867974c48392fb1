import { AppError } from "../../contract/errors.ts";
import { Refused, type Refusal, type RefusalWords } from "../../transport/surface-kit/refusals.ts";

const CODE_OF_STATUS: Readonly<Record<number, string>> = {
  400: "invalid_request",
  401: "unauthorized",
  403: "forbidden",
  404: "not_found",
  405: "method_not_allowed",
};

const refusal = (status: number, message: string): Refusal => ({
  status,
  code: CODE_OF_STATUS[status] ?? "internal",
  message,
});

export const notFound = (message: string): Refused => new Refused(refusal(404, message));
export const badRequest = (message: string): Refused => new Refused(refusal(400, message));
export const forbidden = (message: string): Refused => new Refused(refusal(403, message));

/** What the kit refuses, as Glue clients are told it (Glue contract 1.2). */
export const refusals: RefusalWords = {
  foreign: ({ reason }) => refusal(403, reason),
  unauthenticated: () => refusal(401, "missing or invalid bearer token"),
  forbidden: ({ scope }) => refusal(403, `this key lacks the scope ${scope}`),
  unknownRoute: () => refusal(404, "route not found"),
  wrongMethod: () => refusal(405, "method not allowed"),
  undecodablePath: () => refusal(400, "The path can't be decoded."),
  tooLarge: () => refusal(400, "request body is too large"),
  tooMuch: ({ excess }) => refusal(400, `request body has ${excess}`),
  unreadable: ({ message }) => refusal(400, message),
  internal: () => refusal(500, "internal error"),
};

/** Our own refusals keep their words; the dialect knows a code per status. */
export const refusalOf = (error: unknown): Refusal | null =>
  error instanceof AppError ? refusal(error.status, error.message) : null;

export const envelope = ({ code, message }: Refusal): object => ({
  error: { code, message, retryable: false },
});
