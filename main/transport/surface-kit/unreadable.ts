import { STATUS_CODES, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { PathClaims, RawAnswer } from "./claims.ts";

/** An error of Node's own parser of HTTP. `rawPacket` is the piece that it could not read. */
type ParserError = Error & { readonly code: string; readonly rawPacket?: unknown };

const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Where the body goes that is just arriving. */
const paths = new WeakMap<Socket, string>();

/** So that a body that does not arrive in time is refused in the words of the surface that it was sent to. */
export function rememberPath(request: IncomingMessage): void {
  if (mayHaveBody(request)) paths.set(request.socket, request.url ?? "/");
}

export const mayHaveBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || (headers["content-length"] ?? "0") !== "0";

const WORDS_OF_CODE: Readonly<Record<string, string>> = {
  HPE_INVALID_URL: "characters beyond ASCII in a path are written as %XX",
};

/** What is no HTTP is told so and hung up on: where its first line still names a path, in the words of its surface. */
export function answerUnreadable(error: ParserError, socket: Socket, claims: PathClaims): void {
  if (error.code === "ECONNRESET" || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = STATUS_OF_CODE[error.code] ?? 400;
  const { rawPacket } = error;
  const start = Buffer.isBuffer(rawPacket) ? rawPacket.toString("latin1", 0, 2100) : "";
  const path = /^[A-Z]+ (\/\S{0,2000})/.exec(start)?.[1] ?? paths.get(socket) ?? "/";
  const reason = WORDS_OF_CODE[error.code] ?? (STATUS_CODES[status] ?? "").toLowerCase();
  const words = `The request can't be read: ${reason}.`;
  socket.end(rawHttp(claims.at(path).unreadable(words, status)));
  // What the other side still sends is of no interest.
  socket.once("finish", () => socket.destroy());
}

/** A whole answer as bytes, after which the connection is closed. */
export function rawHttp(
  { status, contentType, body }: RawAnswer,
  headers: Readonly<Record<string, unknown>> = {},
): string {
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`),
    `Content-Type: ${contentType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}
