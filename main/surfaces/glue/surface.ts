import type { AreaServices } from "../../areas/index.ts";
import { MAX_BODY_BYTES } from "../../contract/limits.ts";
import type { HttpServer } from "../../transport/http.ts";
import { mountSurface, type MountDeps } from "../../transport/surface-kit/mount.ts";
import type { Authenticate, Route } from "../../transport/surface-kit/surface.ts";
import { glueCallers } from "./credentials.ts";
import { catalogRoutes } from "./catalogs.ts";
import { diagnosticsRoutes } from "./diagnostics.ts";
import { memoryRoutes } from "./memories.ts";
import { permissionRoutes } from "./permissions.ts";
import { recallRoutes } from "./recall.ts";
import { envelope, refusalOf, refusals } from "./refusals.ts";
import { runRoutes } from "./runs.ts";
import { sessionRoutes } from "./sessions.ts";

export interface GlueContext extends MountDeps {
  readonly services: AreaServices;
  /** What the areas say clients may rely on. */
  readonly capabilities: readonly string[];
  /** Whose key a request bears. */
  readonly authenticate: Authenticate;
}

const health: Route = {
  method: "GET",
  path: "/v1/health",
  needs: null,
  handler: () => ({ ok: true, version: 1 }),
};

/** The daemon as Glue clients know it: what they call things, the order of checks, the error envelope. */
export function mount(server: HttpServer, context: GlueContext): void {
  const { services, capabilities, authenticate } = context;
  mountSurface(
    server,
    {
      name: "glue",
      owns: ["/v1"],
      routes: [
        health,
        ...diagnosticsRoutes({ ...services, capabilities }),
        ...catalogRoutes(services),
        ...recallRoutes(services),
        ...memoryRoutes(services),
        ...runRoutes(services),
        ...permissionRoutes(services),
        ...sessionRoutes(services),
      ],
      authenticate: glueCallers(authenticate),
      order: "caller first",
      refusals,
      refusalOf,
      envelope,
      contentType: "application/json",
      serialize: JSON.stringify,
      bodyLimitBytes: MAX_BODY_BYTES,
      contentTypeIsRead: false,
    },
    context,
  );
}
