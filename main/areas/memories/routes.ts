import type { Routes } from "../../contract/define.ts";
import type { memories } from "./contract.ts";
import type { MemoryService } from "./service.ts";
import type { MemoryTransfer } from "./transfer.ts";

export function createMemoryRoutes(
  service: MemoryService,
  transfer: MemoryTransfer,
): Routes<typeof memories> {
  return {
    listMemories: ({ pinned, ...filter }) => service.list({ ...filter, isPinned: pinned }),
    listTags: async () => ({ tags: await service.tags() }),
    addMemory: (memory, by) => service.add(memory, by),
    getMemory: ({ id }) => service.get(id),
    editMemory: ({ id, ...change }, by) => service.edit(id, change, by),
    deleteMemories: ({ ids }) => service.remove(ids),
    undoDelete: ({ ids }) => service.undoRemove(ids),
    listRevisions: ({ id, before, limit }) => service.revisions(id, before, limit),
    restoreRevision: ({ id, revision, isSecretMeant }, by) =>
      service.restore(id, revision, isSecretMeant, by),
    listUses: ({ id, limit, after }) => service.uses(id, limit, after),
    listGiven: ({ runId }) => ({ given: service.given(runId) }),
    exportMemories: ({ format, after }) => transfer.export(format, after),
    importMemories: (input, by) => transfer.import(input, by),
  };
}
