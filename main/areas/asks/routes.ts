import type { Routes } from "../../contract/define.ts";
import type { asks } from "./contract.ts";
import type { AskService } from "./service.ts";

export function createAskRoutes(service: AskService): Routes<typeof asks> {
  return {
    ask: (input, principal) => service.ask(input, principal),
    getAsk: ({ id, waitMs }, principal, presence) => service.get(id, waitMs, principal, presence),
    withdrawAsk: ({ id }, principal) => service.withdraw(id, principal),
  };
}
