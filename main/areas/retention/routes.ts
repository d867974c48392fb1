import type { Routes } from "../../contract/define.ts";
import type { retention } from "./contract.ts";
import type { RetentionService } from "./service.ts";

export function createRetentionRoutes(service: RetentionService): Routes<typeof retention> {
  return {
    getSizes: () => service.sizes(),
    measureSizes: () => service.measure(),
  };
}
