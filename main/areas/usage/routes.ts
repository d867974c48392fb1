import type { Routes } from "../../contract/define.ts";
import type { usage } from "./contract.ts";
import type { UsageService } from "./service.ts";

export function createUsageRoutes(service: UsageService): Routes<typeof usage> {
  return {
    getUsage: (asked) => service.query(asked),
    getRunCost: ({ id }) => ({ cost: service.costOfRun(id) }),
    getSpending: () => service.today(),
    listPrices: () => service.prices(),
  };
}
