import type { ToolCatalog } from "../../areas/catalogs/tools/tool.ts";
import type { Handler, Route } from "../../transport/surface-kit/surface.ts";
import { notFound } from "./refusals.ts";
import { toolToWire } from "./wire.ts";

/** This host has tools. The catalogs it lacks answer as a host without them (Glue contract 1.3). */
export function catalogRoutes({ tools }: { readonly tools: ToolCatalog }): readonly Route[] {
  const list = (path: string, handler: Handler): Route => ({ method: "GET", path, needs: "read", handler });
  const unsupported = (path: string, message: string): Route => ({
    method: "POST",
    path,
    needs: "caller",
    handler: () => {
      throw notFound(message);
    },
  });
  return [
    list("/v1/tools", () => ({ tools: tools.list().map((tool) => toolToWire(tool.info)) })),
    list("/v1/skills", () => ({ skills: [] })),
    list("/v1/roles", () => ({ roles: [] })),
    list("/v1/mcp/resources", () => ({ resources: [] })),
    unsupported("/v1/mcp/resources/read", "MCP resource reads are not supported by this host"),
    list("/v1/mcp/prompts", () => ({ prompts: [] })),
    unsupported("/v1/mcp/prompts/get", "MCP prompt rendering is not supported by this host"),
  ];
}
