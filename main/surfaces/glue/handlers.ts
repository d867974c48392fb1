import type { AreaServices } from "../../areas/index.ts";
import { catalogHandlers } from "./catalogs.ts";
import { diagnosticsHandlers } from "./diagnostics.ts";
import { permissionHandlers } from "./permissions.ts";
import { runHandlers } from "./runs.ts";
import { sessionHandlers } from "./sessions.ts";
import type { Handlers } from "./surface.ts";

/** Everything this dialect answers. `capabilities` is what the areas say clients may rely on. */
export function glueHandlers(services: AreaServices, capabilities: readonly string[]): Handlers {
  return {
    ...diagnosticsHandlers({ ...services, capabilities }),
    ...catalogHandlers(services),
    ...runHandlers(services),
    ...permissionHandlers(services),
    ...sessionHandlers(services),
  };
}
