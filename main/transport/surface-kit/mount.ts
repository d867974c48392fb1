import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from "fastify";
import { foreignRequest, type AllowedHosts } from "../guard.ts";
import type { HttpServer } from "../http.ts";
import { admit, admitAgain, type Admission } from "./admission.ts";
import { readBody } from "./read-body.ts";
import { refusalFor, Refused, type Refusal } from "./refusals.ts";
import type { Handler, Route, Surface } from "./surface.ts";
import { isBodyUnread, refuseAndHangUp } from "./unread-body.ts";

const METHODS: readonly HTTPMethods[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

export interface MountDeps {
  readonly allowedHosts: () => AllowedHosts;
  /** Told of what is a fault of ours, never of a refusal. */
  readonly report: (error: unknown) => void;
}

/**
 * Puts one family of clients on the server: its routes, and everything below its prefixes that is no route. The server
 * does not start when two surfaces answer at the same place.
 */
export function mountSurface(server: HttpServer, surface: Surface, deps: MountDeps): void {
  server.claims.add({
    owns: surface.owns,
    undecodable: (request, reply) => {
      const { refusals, addHeaders } = surface;
      addHeaders?.(reply);
      const foreign = foreignRequest(request.raw, deps.allowedHosts());
      const refusal = foreign === null ? refusals.undecodablePath({}) : refusals.foreign({ reason: foreign });
      sendRefusal(reply, surface, refusal);
    },
    unrouted: (request, reply) => {
      surface.addHeaders?.(reply);
      const admission = refusing(surface, surface.routes.filter(isAt(request)), (asked) =>
        surface.routes.some(isAt(asked))
          ? wrongMethod(surface, asked, surface.routes.filter(isAt(asked)))
          : unknownRoute(surface, asked),
      );
      const refuse = (error: unknown) =>
        void sendRefusal(reply, surface, refusalFor(error, { ...surface, limitBytes: 0 }, deps.report));
      admit(surface, admission, deps.allowedHosts).call(reply.server, request, reply, refuse);
    },
    unreadable: (message, status) => {
      const refusal = { ...surface.refusals.unreadable({ message }), status };
      const body = surface.serialize(surface.envelope(refusal));
      return { status, contentType: surface.contentType, body };
    },
  });

  void server.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    const limitOf = (request: FastifyRequest) => request.routeOptions.bodyLimit ?? surface.bodyLimitBytes;
    scope.addContentTypeParser("*", (request, payload, done) => readBody(payload, limitOf(request), done));
    scope.setErrorHandler((error, request, reply) => {
      const limitBytes = limitOf(request);
      sendRefusal(reply, surface, refusalFor(error, { ...surface, limitBytes }, deps.report));
    });
    scope.addHook("onRequest", (request, reply, next) => {
      surface.addHeaders?.(reply);
      if (!surface.contentTypeIsRead) delete request.raw.headers["content-type"];
      next();
    });
    try {
      mountRoutes(scope, surface, deps);
      mountUnknown(scope, surface, deps);
      done();
    } catch (error) {
      done(error as Error);
    }
  });
}

function mountRoutes(scope: FastifyInstance, surface: Surface, deps: MountDeps): void {
  const { routes } = surface;
  for (const route of routes) {
    const { method, path, needs, authenticate = surface.authenticate, handler } = route;
    const { bodyLimitBytes: bodyLimit = surface.bodyLimitBytes } = route;
    const admission: Admission = {
      authenticate: needs === null ? null : authenticate,
      needs,
      refuse: (request) => (hasEmptyName(request) ? unknownRoute(surface, request) : null),
    };
    const onRequest = admit(surface, admission, deps.allowedHosts);
    const preHandler = admitAgain(surface, admission);
    scope.route({
      method,
      url: path,
      bodyLimit,
      onRequest,
      preHandler,
      handler: answering(surface, handler),
    });
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    const here = routes.filter((route) => route.path === path);
    const others = METHODS.filter((method) => !here.some((route) => route.method === method));
    const admission = refusing(surface, here, (request) =>
      hasEmptyName(request) ? unknownRoute(surface, request) : wrongMethod(surface, request, here),
    );
    const onRequest = admit(surface, admission, deps.allowedHosts);
    scope.route({ method: others, url: path, onRequest, handler: unreachable });
  }
}

function mountUnknown(scope: FastifyInstance, surface: Surface, deps: MountDeps): void {
  const admission = refusing(surface, [], (request) => unknownRoute(surface, request));
  const onRequest = admit(surface, admission, deps.allowedHosts);
  const taken = new Set(surface.routes.map((route) => route.path));
  for (const prefix of surface.owns) {
    for (const url of prefix === "/" ? ["/", "/*"] : [prefix, `${prefix}/*`]) {
      if (taken.has(url)) continue;
      scope.route({ method: [...METHODS], url, onRequest, handler: unreachable });
    }
  }
}

/** A place where nothing is done: whether its caller is asked for depends on the order of checks. */
function refusing(
  surface: Surface,
  routesHere: readonly Route[],
  refuse: (request: FastifyRequest) => Refused,
): Admission {
  const isOpen = routesHere.length > 0 && routesHere.every(({ needs }) => needs === null);
  const asks = surface.order === "caller first" && !isOpen;
  return { authenticate: asks ? surface.authenticate : null, needs: null, refuse };
}

const unknownRoute = ({ refusals }: Surface, request: FastifyRequest): Refused =>
  new Refused(refusals.unknownRoute({ method: request.method, path: request.url.split("?", 1)[0] ?? "" }));

const wrongMethod = (
  { refusals }: Surface,
  { method }: FastifyRequest,
  routesHere: readonly Route[],
): Refused =>
  new Refused(refusals.wrongMethod({ method, allowed: routesHere.map((route) => String(route.method)) }));

/** For what the framework's router does not know. */
function isAt({ url }: FastifyRequest): (route: Route) => boolean {
  const segments = url.split(/[?#]/, 1)[0]?.split("/") ?? [];
  return ({ path }) => {
    const names = path.split("/");
    return (
      names.length === segments.length &&
      names.every((name, at) => (name.startsWith(":") ? segments[at] !== "" : segments[at] === name))
    );
  };
}

/** `/runs//events` is no route: a name that is empty names nothing. */
const hasEmptyName = (request: FastifyRequest): boolean =>
  Object.values(request.params as Readonly<Record<string, string>>).includes("");

const unreachable = (): never => {
  throw new Error("a request came further than its refusal");
};

function answering(surface: Surface, handler: Handler): Handler {
  return async (request, reply) => {
    // With a serializer of its own the answer's type goes out as it is.
    reply.header("content-type", surface.contentType).serializer(surface.serialize);
    const result = await handler(request, reply);
    // A handler that has taken the connection over for a stream answers with nothing.
    return reply.sent ? reply : result;
  };
}

function sendRefusal(reply: FastifyReply, surface: Surface, refusal: Refusal): FastifyReply {
  if (refusal.headers !== undefined) reply.headers(refusal.headers);
  if (isBodyUnread(reply)) {
    const body = surface.serialize(surface.envelope(refusal));
    return refuseAndHangUp(reply, { status: refusal.status, contentType: surface.contentType, body });
  }
  return reply
    .code(refusal.status)
    .header("content-type", surface.contentType)
    .serializer(surface.serialize)
    .send(surface.envelope(refusal));
}
