import type { FastifyInstance, HTTPMethods, onRequestAsyncHookHandler } from "fastify";
import type { Areas } from "../../areas/index.ts";
import type { Routes } from "../../contract/define.ts";
import { invalidRequest } from "../../contract/errors.ts";
import type { OpenStreams } from "../../kernel/open-streams.ts";
import { hostOf } from "../../transport/authenticate.ts";
import { HandshakeRequest, type Handshakes } from "../../transport/handshake.ts";
import { bodyOf, mountArea, mountMethodRefusals } from "./area-routes.ts";
import { createErrorHandler, pathOf, unknownRoute } from "./errors.ts";
import { createEventFeed, type EventSourceBus, type RunFollower } from "./event-feed.ts";
import { buildOpenApi } from "./openapi.ts";
import { referencePage } from "./reference/page.ts";

export const PREFIX = "/gatehouse/v1";
const HANDSHAKE_LIMIT_BYTES = 256;

export type AreaRoutes = { readonly [K in keyof Areas]: Routes<Areas[K]> };

export interface NativeSurface {
  readonly areas: Areas;
  readonly routes: AreaRoutes;
  readonly bus: EventSourceBus;
  readonly follower: RunFollower;
  readonly version: string;
  /** Proves to the command line that this is its daemon, before it sends anything of value. */
  readonly handshakes: Pick<Handshakes, "greet">;
  readonly openStreams: OpenStreams;
  /** `guard` refuses foreign hosts and origins, `authenticate` a missing or wrong token; both throw AppError. */
  readonly hooks: {
    readonly guard: onRequestAsyncHookHandler;
    readonly authenticate: onRequestAsyncHookHandler;
  };
  /** Told of what is a bug or a fault of ours, never of a refusal. */
  readonly reportError: (error: unknown) => void;
  readonly heartbeatMs?: number;
}

/** Our own HTTP API: every endpoint of every area, their events, and the reference. All derived from the contracts. */
export async function mountNative(app: FastifyInstance, surface: NativeSurface): Promise<void> {
  const { bus } = surface;

  await app.register(async (scope) => {
    scope.setErrorHandler(createErrorHandler(surface.reportError));
    scope.addHook("onRequest", async (_request, reply) => {
      // A snapshot holds everything announced up to the moment its request came in.
      void reply.header("gatehouse-seq", String(bus.seq)).header("gatehouse-boot", bus.bootId);
      void reply.header("cache-control", "no-store").header("x-content-type-options", "nosniff");
    });
    scope.addHook("onRequest", surface.hooks.guard);
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));

    await scope.register(async (open) => mountOpen(open, surface));
    await scope.register(async (closed) => mountClosed(closed, surface), { prefix: PREFIX });
  });
}

/** What needs no token: it says nothing about this machine. */
function mountOpen(scope: FastifyInstance, { areas, version, handshakes }: NativeSurface): void {
  let openApi: string | undefined;
  let page: ReturnType<typeof referencePage> | undefined;

  scope.get(`${PREFIX}/health`, () => ({ ok: true, version }));
  scope.get(`${PREFIX}/openapi.json`, (_request, reply) => {
    openApi ??= JSON.stringify(buildOpenApi(areas, version), null, 2);
    return reply.type("application/json").send(openApi);
  });
  scope.get("/gatehouse/docs", (_request, reply) => {
    page ??= referencePage(areas, version);
    return reply
      .type("text/html; charset=utf-8")
      .header("content-security-policy", page.contentSecurityPolicy)
      .header("referrer-policy", "no-referrer")
      .send(page.html);
  });
  scope.post(`${PREFIX}/handshake`, { bodyLimit: HANDSHAKE_LIMIT_BYTES }, (request) => {
    const asked = HandshakeRequest.safeParse(bodyOf(request));
    if (!asked.success) throw invalidRequest("A handshake takes a nonce of 32 hex digits and nothing else.");
    return handshakes.greet(asked.data.nonce, hostOf(request));
  });
  const paths = [`${PREFIX}/health`, `${PREFIX}/openapi.json`, "/gatehouse/docs"];
  mountMethodRefusals(scope, [
    ...paths.map((path) => ({ method: "GET", path }) as const),
    { method: "POST", path: `${PREFIX}/handshake` },
  ]);
}

function mountClosed(scope: FastifyInstance, surface: NativeSurface): void {
  const { areas, routes } = surface;
  const feed = createEventFeed(surface);
  const mounted: { method: HTTPMethods; path: string }[] = [{ method: "GET", path: "/events" }];

  scope.addHook("onRequest", surface.hooks.authenticate);
  scope.addHook("preClose", async () => feed.close());
  scope.setNotFoundHandler((request) => {
    throw unknownRoute(request.method, pathOf(request));
  });
  scope.get("/events", (request, reply) => feed.serve(request, reply));
  for (const [name, area] of Object.entries(areas)) {
    mountArea(scope, area, routes[name as keyof Areas]);
    mounted.push(...Object.values(area.endpoints).map(({ method, path }) => ({ method, path })));
  }
  mountMethodRefusals(scope, mounted);
}
