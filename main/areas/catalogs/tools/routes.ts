import type { Routes } from "../../../contract/define.ts";
import type { tools } from "./contract.ts";
import type { ToolCatalog } from "./tool.ts";

export function createToolRoutes(catalog: ToolCatalog): Routes<typeof tools> {
  return {
    listTools: () => ({ tools: catalog.list().map(({ info }) => info) }),
  };
}
