import type { ToolCatalog } from "../../areas/catalogs/tools/tool.ts";
import { queryValue } from "../../transport/surface-kit/request-parts.ts";
import type { Handler, Route } from "../../transport/surface-kit/surface.ts";
import { badRequest, notFound } from "./refusals.ts";
import { toolToWire } from "./wire.ts";

/** This host has tools. The catalogs it lacks answer as a host without them (Glue contract 1.3). */
export function catalogRoutes({ tools }: { readonly tools: ToolCatalog }): readonly Route[] {
  const list = (path: string, handler: Handler): Route => ({ method: "GET", path, needs: "read", handler });
  const unsupported = (method: "POST" | "DELETE", path: string, message: string): Route => ({
    method,
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
    list("/v1/memories", (request) => {
      const limit = queryValue(request, "limit") ?? "";
      if (!/^\s*(\+?\d+)?\s*$/.test(limit)) throw badRequest("limit must be non-negative");
      return { memories: [] };
    }),
    unsupported("DELETE", "/v1/memories/:id", "memory deletion is not supported by this host"),
    list("/v1/mcp/resources", () => ({ resources: [] })),
    unsupported("POST", "/v1/mcp/resources/read", "MCP resource reads are not supported by this host"),
    list("/v1/mcp/prompts", () => ({ prompts: [] })),
    unsupported("POST", "/v1/mcp/prompts/get", "MCP prompt rendering is not supported by this host"),
  ];
}
