import type { AreaRoutes, Areas } from "../../areas/index.ts";
import type { StorageService } from "../../areas/storage/service.ts";
import { invalidRequest } from "../../contract/errors.ts";
import { MAX_BODY_BYTES } from "../../contract/limits.ts";
import type { Bus } from "../../kernel/bus.ts";
import type { StreamSources } from "../../kernel/invoke.ts";
import type { OpenStreams } from "../../kernel/open-streams.ts";
import { hostOf } from "../../transport/authenticate.ts";
import { HandshakeRequest, type Handshakes } from "../../transport/handshake.ts";
import type { HttpServer } from "../../transport/http.ts";
import { mountSurface, type MountDeps } from "../../transport/surface-kit/mount.ts";
import type { Authenticate, Route } from "../../transport/surface-kit/surface.ts";
import { areaRoutes, bodyOf } from "./area-routes.ts";
import { createStreamRoutes } from "./stream-routes.ts";
import { buildOpenApi } from "./openapi.ts";
import { envelope, refusalOf, refusals } from "./refusals.ts";
import { referencePage } from "./reference/page.ts";

const PREFIX = "/gatehouse/v1";
const MAX_HANDSHAKE_BYTES = 256;

export interface NativeContext extends MountDeps {
  readonly areas: Areas;
  readonly routes: AreaRoutes;
  readonly services: {
    readonly storage: Pick<StorageService, "trouble">;
  };
  readonly streams: StreamSources;
  readonly bus: Pick<Bus, "seq" | "bootId">;
  readonly authenticate: Authenticate;
  readonly version: string;
  /** Proves to the command line that this is its daemon, before it sends anything of value. */
  readonly handshakes: Pick<Handshakes, "greet">;
  readonly openStreams: OpenStreams;
  readonly heartbeatMs?: number;
}

/** Our own HTTP API: every endpoint and stream of every area, and the reference. All derived from the contracts. */
export function mount(server: HttpServer, context: NativeContext): void {
  const { areas, routes, bus } = context;
  const streams = createStreamRoutes(PREFIX, areas, context);
  server.addHook("preClose", async () => streams.close());
  mountSurface(
    server,
    {
      name: "native",
      owns: ["/gatehouse"],
      routes: [
        ...openRoutes(context),
        ...streams.routes,
        ...Object.entries(areas).flatMap(([name, area]) =>
          areaRoutes(PREFIX, area, routes[name as keyof Areas]),
        ),
      ],
      authenticate: context.authenticate,
      order: "caller first",
      refusals,
      refusalOf,
      envelope,
      contentType: "application/json; charset=utf-8",
      serialize: JSON.stringify,
      bodyLimitBytes: MAX_BODY_BYTES,
      contentTypeIsRead: true,
      addHeaders: (reply) => {
        // A snapshot holds everything announced up to the moment its request came in.
        void reply.header("gatehouse-seq", String(bus.seq)).header("gatehouse-boot", bus.bootId);
        void reply.header("cache-control", "no-store").header("x-content-type-options", "nosniff");
      },
    },
    context,
  );
}

/** What needs no key: it says nothing about this machine. */
function openRoutes({ areas, services, version, handshakes }: NativeContext): readonly Route[] {
  let openApi: string | undefined;
  let page: ReturnType<typeof referencePage> | undefined;
  const open = (path: string, handler: Route["handler"]): Route => ({
    method: "GET",
    path,
    needs: null,
    handler,
  });
  return [
    open(`${PREFIX}/health`, () => ({
      ok: true,
      version,
      trouble: services.storage.trouble(),
    })),
    open(`${PREFIX}/openapi.json`, (_request, reply) => {
      openApi ??= JSON.stringify(buildOpenApi(areas, version), null, 2);
      return reply.serializer(String).send(openApi);
    }),
    open("/gatehouse/docs", (_request, reply) => {
      page ??= referencePage(areas, version);
      return reply
        .type("text/html; charset=utf-8")
        .header("content-security-policy", page.contentSecurityPolicy)
        .header("referrer-policy", "no-referrer")
        .serializer(String)
        .send(page.html);
    }),
    {
      method: "POST",
      path: `${PREFIX}/handshake`,
      needs: null,
      bodyLimitBytes: MAX_HANDSHAKE_BYTES,
      handler: (request) => {
        const asked = HandshakeRequest.safeParse(bodyOf(request));
        if (!asked.success) {
          throw invalidRequest("A handshake takes a nonce of 32 hex digits and nothing else.");
        }
        return handshakes.greet(asked.data.nonce, hostOf(request));
      },
    },
  ];
}
