import type { FastifyRequest } from "fastify";
import type { Memory } from "../../areas/memories/contract.ts";
import type { MemoryService } from "../../areas/memories/service.ts";
import { queryValue, segment } from "../../transport/surface-kit/request-parts.ts";
import type { Route } from "../../transport/surface-kit/surface.ts";
import { badRequest, notFound } from "./refusals.ts";
import { memoryToWire } from "./wire.ts";

const PAGE = 500;
/** Of one answer: the dialect has no pages, and what is longer would hold up everybody else. Newer ones come first. */
const MAX_CHARACTERS = 4 * 1024 * 1024;

export function memoryRoutes({ memories }: { readonly memories: MemoryService }): readonly Route[] {
  const newest = async (limit: number): Promise<Memory[]> => {
    const found: Memory[] = [];
    let characters = 0;
    for (let after: string | undefined | null; after !== null && found.length < limit;) {
      const page = await memories.list({ limit: Math.min(PAGE, limit - found.length), after });
      for (const memory of page.memories) {
        characters += memory.content.length;
        if (characters > MAX_CHARACTERS) return found;
        found.push(memory);
      }
      after = page.next;
    }
    return found;
  };

  const list = async (request: FastifyRequest) => {
    const limit = (queryValue(request, "limit") ?? "").trim();
    if (!/^(\+?\d+)?$/.test(limit)) throw badRequest("limit must be non-negative");
    const found = await newest(Number(limit) || Infinity);
    return { memories: found.map(memoryToWire) };
  };

  const forget = (request: FastifyRequest) => {
    const id = segment(request, "id");
    if (id.trim() === "") throw badRequest("memory id is required");
    const memory = memories.find(id);
    if (memory === null) throw notFound(`memory ${JSON.stringify(id)} not found`);
    memories.remove([memory.id]);
    return { memory: memoryToWire(memory) };
  };

  return [
    { method: "GET", path: "/v1/memories", needs: "read", handler: list },
    // It can be taken back in the window, so it is a right that the dialect's clients have, as with grants.
    { method: "DELETE", path: "/v1/memories/:id", needs: "remember", handler: forget },
  ];
}
