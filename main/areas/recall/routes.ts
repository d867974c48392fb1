import type { Routes } from "../../contract/define.ts";
import type { recall } from "./contract.ts";
import type { RecallService } from "./service.ts";

export function createRecallRoutes(service: RecallService): Routes<typeof recall> {
  return {
    search: (question) => service.search(question),
    getProgress: () => service.progress(),
  };
}
