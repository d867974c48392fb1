import { defineModule } from "../module.ts";
import type { PermissionService } from "../permissions/service.ts";
import { asks } from "./contract.ts";
import { createAskRoutes } from "./routes.ts";
import { createAskService } from "./service.ts";

export const asksArea = defineModule({
  contract: asks,
  create({ commit, clock }, { permissions }: { readonly permissions: PermissionService }) {
    const service = createAskService({ permissions, commit, clock });
    return { service, routes: createAskRoutes(service) };
  },
});
