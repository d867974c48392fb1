import type { OpenToolCatalog } from "../catalogs/tools/tool.ts";
import { defineModule } from "../module.ts";
import type { PermissionService } from "../permissions/service.ts";
import { asks } from "./contract.ts";
import { createAskRoutes } from "./routes.ts";
import { createAskService } from "./service.ts";

export const asksArea = defineModule({
  contract: asks,
  create(
    { commit, clock },
    needs: { readonly permissions: PermissionService; readonly tools: OpenToolCatalog },
  ) {
    const service = createAskService({ ...needs, commit, clock });
    return { service, routes: createAskRoutes(service) };
  },
});
