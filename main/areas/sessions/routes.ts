import type { Routes } from "../../contract/define.ts";
import type { sessions } from "./contract.ts";
import type { SessionService } from "./service.ts";

export function createSessionRoutes(service: SessionService): Routes<typeof sessions> {
  return {
    listSessions: (input) => service.list(input),
    getSession: ({ id }) => service.get(id),
    listMessages: ({ id, from, limit }) => service.messages(id, from, limit),
  };
}
