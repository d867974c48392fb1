import type { Caller, Routes } from "../../contract/define.ts";
import type { Decider, permissions } from "./contract.ts";
import type { PermissionService } from "./service.ts";

export function createPermissionRoutes(service: PermissionService): Routes<typeof permissions> {
  return {
    listPending: () => ({ permissions: service.pending() }),
    getPermission: ({ id }) => service.get(id),
    decide: ({ id, ...decision }, caller) => service.decide(id, decision, deciderOf(caller)),
    listDecided: (input) => service.decisions(input),
    listGrants: () => ({ grants: service.grants() }),
    revokeGrant: ({ id }) => service.revoke(id),
    restoreGrant: ({ id }) => service.restore(id),
  };
}

function deciderOf(caller: Caller): Decider {
  return { kind: caller.kind, name: caller.name };
}
