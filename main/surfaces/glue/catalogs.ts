import type { ToolCatalog } from "../../areas/catalogs/tools/tool.ts";
import { badRequest, notFound } from "./errors.ts";
import { queryValue } from "./query.ts";
import type { Handlers } from "./surface.ts";
import { toolToWire } from "./wire.ts";

/** This host has tools. The catalogs it lacks answer as a host without them (Glue contract 1.3). */
export function catalogHandlers(deps: { readonly tools: ToolCatalog }): Handlers {
  const unsupported = (message: string) => () => {
    throw notFound(message);
  };
  return {
    "/v1/tools": { GET: () => ({ tools: deps.tools.list().map((tool) => toolToWire(tool.info)) }) },
    "/v1/skills": { GET: () => ({ skills: [] }) },
    "/v1/roles": { GET: () => ({ roles: [] }) },
    "/v1/recall": { POST: unsupported("recall is not supported by this host") },
    "/v1/memories": {
      GET: (request) => {
        const limit = queryValue(request, "limit") ?? "";
        if (!/^\s*(\+?\d+)?\s*$/.test(limit)) throw badRequest("limit must be non-negative");
        return { memories: [] };
      },
    },
    "/v1/memories/:id": { DELETE: unsupported("memory deletion is not supported by this host") },
    "/v1/mcp/resources": { GET: () => ({ resources: [] }) },
    "/v1/mcp/resources/read": { POST: unsupported("MCP resource reads are not supported by this host") },
    "/v1/mcp/prompts": { GET: () => ({ prompts: [] }) },
    "/v1/mcp/prompts/get": { POST: unsupported("MCP prompt rendering is not supported by this host") },
  };
}
