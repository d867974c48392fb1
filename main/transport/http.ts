import fastify, { type FastifyInstance } from "fastify";
import type { AddressInfo } from "node:net";
import { MAX_BODY_BYTES, MAX_HEAD_BYTES } from "../contract/limits.ts";
import { createPathClaims, type PathClaims } from "./surface-kit/claims.ts";
import { readHeadersAsUtf8 } from "./surface-kit/header-text.ts";
import { rememberPath, answerUnreadable } from "./surface-kit/unreadable.ts";
import { answerUnusual } from "./surface-kit/unusual.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** Which surface speaks for a path on which no route can be asked. */
    readonly claims: PathClaims;
  }
}

export type HttpServer = FastifyInstance;

/** How long a request may take to arrive, whoever sends it. What follows, an answer or a stream, takes as long as it does. */
const MAX_HEADERS_MS = 20_000;
const MAX_REQUEST_MS = 60_000;

export interface ArrivalLimits {
  readonly headersMs: number;
  readonly requestMs: number;
}

export function createHttpServer(
  { headersMs, requestMs }: ArrivalLimits = { headersMs: MAX_HEADERS_MS, requestMs: MAX_REQUEST_MS },
): HttpServer {
  const claims = createPathClaims();
  const server = fastify({
    logger: false,
    bodyLimit: MAX_BODY_BYTES,
    // Streams are silent for as long as a person thinks; a client that never ends its request is cut off.
    requestTimeout: requestMs,
    http: {
      maxHeaderSize: MAX_HEAD_BYTES,
      headersTimeout: headersMs,
      connectionsCheckingInterval: Math.ceil(headersMs / 4),
    },
    connectionTimeout: 0,
    keepAliveTimeout: 72_000,
    forceCloseConnections: "idle",
    exposeHeadRoutes: false,
    return503OnClosing: false,
    // Longer than a request line can be: how long a name may be is for those to say who know what it names.
    routerOptions: { maxParamLength: 16 * 1024 },
    // Left to itself the framework loads a compiler of JSON Schemas at every start, for schemas that no route has.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    frameworkErrors: (_error, request, reply) => claims.at(request.url).undecodable(request, reply),
    clientErrorHandler: (error, socket) => answerUnreadable(error, socket, claims),
  });
  server.addHook("onRequest", ({ raw }, _reply, next) => {
    readHeadersAsUtf8(raw.headers);
    rememberPath(raw);
    next();
  });
  server.setNotFoundHandler((request, reply) => claims.at(request.url).unrouted(request, reply));
  answerUnusual(server, claims);
  return server.decorate("claims", claims);
}

function noSchemas(): never {
  throw new Error("Routes carry no schemas: what comes in and goes out is checked by the contracts");
}

/** `host:port`, port 0 for any free one; IPv6 in brackets. */
export function parseListenAddress(text: string): { host: string; port: number } {
  const match = /^(?:\[([0-9a-fA-F:]+)\]|([^:[\]\s]+)):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  const host = match?.[1] ?? match?.[2];
  if (host === undefined || !(port <= 65_535)) {
    throw new Error(`--listen takes host:port such as 127.0.0.1:0, not "${text}"`);
  }
  return { host, port };
}

/** Binds the socket and returns the address as clients write it. */
export async function listen(
  server: HttpServer,
  host: string,
  port: number,
): Promise<{ baseUrl: string; port: number }> {
  await server.listen({ host, port });
  const bound = server.server.address() as AddressInfo;
  const name = bound.family === "IPv6" ? `[${bound.address}]` : bound.address;
  return { baseUrl: `http://${name}:${bound.port}`, port: bound.port };
}
