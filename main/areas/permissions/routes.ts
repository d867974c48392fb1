import type { Routes } from "../../contract/define.ts";
import { requireScope } from "../../kernel/invoke.ts";
import type { permissions } from "./contract.ts";
import { deciderOf } from "./decider.ts";
import type { PermissionService } from "./service.ts";

export function createPermissionRoutes(service: PermissionService): Routes<typeof permissions> {
  return {
    listPending: () => ({ permissions: service.pending() }),
    getPermission: ({ id }) => service.get(id),
    decide({ id, ...decision }, principal) {
      if (decision.scope !== "once") requireScope(principal, "remember");
      return service.decide(id, decision, deciderOf(principal));
    },
    listDecided: (input) => service.decisions(input),
    listGrants: () => ({ grants: service.grants() }),
    revokeGrant: ({ id }) => service.revoke(id),
    restoreGrant: ({ id }) => service.restore(id),
  };
}
