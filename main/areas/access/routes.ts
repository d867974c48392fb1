import type { Routes } from "../../contract/define.ts";
import type { access } from "./contract.ts";
import type { AccessService } from "./service.ts";

export function createAccessRoutes(service: AccessService): Routes<typeof access> {
  return {
    listKeys: () => ({ keys: service.list() }),
    createKey: (input, principal) => service.create(input, principal),
    revokeKey: ({ id }) => service.revoke(id),
  };
}
