import type { Routes } from "../../contract/define.ts";
import type { permissions } from "./contract.ts";
import type { PermissionService } from "./service.ts";

export function createPermissionRoutes(service: PermissionService): Routes<typeof permissions> {
  return {
    listPending: () => ({ permissions: service.pending() }),
    getPermission: ({ id }) => service.get(id),
    decide: ({ id, ...decision }, principal) => service.decide(id, decision, principal),
    undoDenial: ({ id }, principal) => service.undoDenial(id, principal),
    decideMany(decisions, principal) {
      const { settled, late, failed } = service.decideMany(decisions, principal);
      return { settled: [...settled], late: [...late], failed: [...failed] };
    },
    listDecided: (input) => service.decisions(input),
    listGrants: () => ({ grants: service.grants() }),
    revokeGrant: ({ id }) => service.revoke(id),
    revokeGrants: ({ ids }) => ({ grants: service.revokeMany(ids) }),
    restoreGrant: ({ id }, principal) => service.restore(id, principal),
  };
}
