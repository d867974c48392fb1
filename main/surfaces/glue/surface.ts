import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from "fastify";
import { foreignRequest, type AllowedHosts } from "../../transport/guard.ts";
import { isKnown, type Authenticate } from "../../transport/hooks.ts";
import { GLUE_SCOPES } from "./credentials.ts";
import { sendError, sendRefusal } from "./errors.ts";

type Handler = (request: FastifyRequest, reply: FastifyReply) => unknown;

/** Handlers by path and method. Every other method of a known path is refused as such. */
export type Handlers = Readonly<Record<string, Readonly<Partial<Record<HTTPMethods, Handler>>>>>;

const METHODS: readonly HTTPMethods[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const HEALTH = "/v1/health";

/** The daemon as Glue clients know it: `/v1` and the error envelope, order of checks and framing that go with it. */
export function mountGlue(
  app: FastifyInstance,
  deps: {
    readonly handlers: Handlers;
    readonly allowedHosts: () => AllowedHosts;
    readonly authenticate: Authenticate;
    readonly report: (error: unknown) => void;
  },
): void {
  /** The dialect has no word for half a right: who has less than its clients need is nobody here. */
  const authenticate: Authenticate = (request) => {
    const principal = deps.authenticate(request);
    return principal !== null && GLUE_SCOPES.every((scope) => principal.scopes.has(scope)) ? principal : null;
  };
  const guard = (request: FastifyRequest, reply: FastifyReply, next: () => void) => {
    const foreign = foreignRequest(request.headers, deps.allowedHosts());
    if (foreign !== null) return void sendRefusal(reply, 403, foreign);
    const isHealth = request.routeOptions.url === HEALTH;
    if (!isHealth && !isKnown(request, authenticate)) {
      return void sendRefusal(reply, 401, "missing or invalid bearer token");
    }
    const params = request.params as Readonly<Record<string, string>>;
    if (Object.values(params).includes("")) return void sendRefusal(reply, 404, "route not found");
    // The framework refuses content types that it can't read, but here they say nothing about the body.
    delete request.raw.headers["content-type"];
    next();
  };

  void app.register((surface, _options, done) => {
    surface.removeAllContentTypeParsers();
    // Bodies are taken apart by each handler, after its other checks.
    surface.addContentTypeParser("*", { parseAs: "string" }, (_request, body, parsed) => parsed(null, body));
    surface.addHook("onRequest", guard);
    surface.setErrorHandler((error, _request, reply) => sendError(reply, error, deps.report));

    const handlers: Handlers = { [HEALTH]: { GET: () => ({ ok: true, version: 1 }) }, ...deps.handlers };
    for (const [path, byMethod] of Object.entries(handlers)) {
      for (const method of METHODS) {
        const handler = byMethod[method];
        surface.route({
          method,
          url: path,
          handler:
            handler === undefined
              ? (_request, reply) => sendRefusal(reply, 405, "method not allowed")
              : (request, reply) => answer(handler, request, reply),
        });
      }
    }
    surface.all("/v1", (_request, reply) => sendRefusal(reply, 404, "route not found"));
    surface.all("/v1/*", (_request, reply) => sendRefusal(reply, 404, "route not found"));
    done();
  });
}

async function answer(handler: Handler, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  // With a serializer of its own the answer's type goes out as it is, without a charset.
  reply.header("content-type", "application/json").serializer(JSON.stringify);
  const result = await handler(request, reply);
  // A handler that has taken the connection over for a stream answers with nothing.
  return reply.sent ? reply : result;
}
