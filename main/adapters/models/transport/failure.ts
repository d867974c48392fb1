import { ModelError } from "../../../areas/runs/model.ts";
import { fieldsOf } from "../fields.ts";
import { retryAfterFromHeaders, retryAfterFromText } from "./retry-after.ts";

interface Attempt {
  readonly baseUrl: string;
  readonly apiKey: string | null;
  readonly signal: AbortSignal;
}

/** The server has said no in the middle of a stream; `error` as it came. */
export class StreamRefusal extends Error {
  readonly error: unknown;

  constructor(error: unknown) {
    super(typeof error === "string" ? error : "the provider ended the stream with an error");
    this.name = "StreamRefusal";
    this.error = error;
  }
}

/** The server has said no; `error` as `patientFetch` reads it. */
export class ServerRefusal extends Error {
  readonly status: number;
  readonly error: unknown;
  readonly headers: Headers;

  constructor(status: number, error: unknown, headers: Headers) {
    super(`the server answered ${status}`);
    this.name = "ServerRefusal";
    this.status = status;
    this.error = error;
    this.headers = headers;
  }
}

/** Errors that come inside a stream have a type and no status. */
const STATUS_OF_TYPE: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  rate_limit_exceeded: 429,
  api_error: 500,
  server_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
};

const NETWORK: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection closed before the answer was complete",
  ERR_STREAM_PREMATURE_CLOSE: "connection closed before the answer was complete",
  EPIPE: "connection closed before the answer was complete",
  ETIMEDOUT: "connection timed out",
  EHOSTUNREACH: "host cannot be reached",
  ENETUNREACH: "network cannot be reached",
  ENOTFOUND: "host not found",
  EAI_AGAIN: "temporary failure in name resolution",
};

/** Whatever an SDK, the connection or the stream threw, as the one error the loop knows. The key never gets into it. */
export function toModelError(error: unknown, attempt: Attempt): ModelError {
  if (attempt.signal.aborted) return new ModelError("the model request was canceled", { cause: error });
  if (error instanceof ModelError) return error;
  const { status, said, hintMs } = refusalIn(error);
  const headers = error instanceof Error && "headers" in error ? error.headers : null;
  return new ModelError(withoutKey(messageFor(error, status, said, attempt.baseUrl), attempt.apiKey), {
    status,
    retryAfterMs:
      (headers instanceof Headers ? retryAfterFromHeaders(headers, Date.now()) : null) ??
      hintMs ??
      retryAfterFromText(said ?? ""),
    cause: error,
  });
}

/** The error code of the network beneath an error, such as `ECONNREFUSED`. */
export function networkCode(error: unknown): string | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth += 1) {
    if ("code" in at && typeof at.code === "string" && /^[A-Z][A-Z0-9_]+$/.test(at.code)) return at.code;
  }
  return null;
}

function messageFor(error: unknown, status: number | null, said: string | null, baseUrl: string): string {
  if (said !== null) return status === null ? said : `${status} ${said}`;
  const code = networkCode(error);
  if (code !== null) return `${NETWORK[code] ?? "connection failed"} (${code}, ${baseUrl})`;
  if (error instanceof SyntaxError)
    return `the server at ${baseUrl} sent something that is not JSON: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}

function refusalIn(error: unknown): { status: number | null; said: string | null; hintMs: number | null } {
  const { status, error: body } = fieldsOf(error);
  const inner = fieldsOf(fieldsOf(body).error ?? body);
  const kinds = [inner.type, inner.code];
  const type = kinds.find((kind) => typeof kind === "string") ?? null;
  const said = typeof inner.message === "string" ? inner.message : null;
  return {
    status: [status, inner.code, STATUS_OF_TYPE[type ?? ""]].find(isHttpStatus) ?? null,
    said: said === null || type === null || said.includes(type) ? (said ?? type) : `${said} (${type})`,
    hintMs: typeof inner.retryAfterMs === "number" ? inner.retryAfterMs : null,
  };
}

function isHttpStatus(value: unknown): value is number {
  return typeof value === "number" && value >= 300 && value <= 599;
}

function withoutKey(message: string, apiKey: string | null): string {
  return apiKey === null || apiKey.length < 8 ? message : message.replaceAll(apiKey, "[key]");
}
