import type { Memory, MemoryRevision, MemoryUse, memories } from "../../../main/areas/memories/contract.ts";
import type { RunId } from "../../../main/contract/ids.ts";
import { followedStore, type FollowedStore } from "../../client/followed-store.ts";
import { calls, snapshots } from "./calls.ts";

interface OneMemory {
  readonly memory: Memory | null;
  readonly isGone: boolean;
}

/** One memory, as it is now. */
export const oneMemory = (id: Memory["id"]): FollowedStore<OneMemory> =>
  followedStore<typeof memories, OneMemory>({
    area: "memories",
    empty: { memory: null, isGone: false },
    load: async () => {
      const { value, seq } = await snapshots.getMemory({ id });
      return { value: { memory: value, isGone: false }, seq };
    },
    reducers: {
      changed: (now, memory) => (memory.id === id ? { memory, isGone: false } : now),
      removed: (now, { ids }) => (ids.includes(id) ? { memory: null, isGone: true } : now),
      replaced: "ignore",
      given: "ignore",
    },
  });

interface Revisions {
  readonly revisions: readonly MemoryRevision[];
  readonly next: number | null;
}

export const readRevisions = (id: Memory["id"], before: number): Promise<Revisions> =>
  calls.listRevisions({ id, before });

interface Uses {
  readonly uses: readonly MemoryUse[];
  readonly next: number | null;
}

export const readUses = (id: Memory["id"], after: number | null): Promise<Uses> =>
  calls.listUses({ id, limit: 20, ...(after === null ? {} : { after }) });

export type Given = readonly (MemoryUse & { readonly memory: Memory | null })[];

/** What a run was told of when it started. */
export const givenTo = (runId: RunId): FollowedStore<Given> => {
  const store: FollowedStore<Given> = followedStore<typeof memories, Given>({
    area: "memories",
    empty: [],
    load: async () => {
      const { value, seq } = await snapshots.listGiven({ runId });
      return { value: value.given, seq };
    },
    reducers: {
      changed: (given, memory) => given.map((one) => (one.memoryId === memory.id ? { ...one, memory } : one)),
      removed: (given, { ids }) =>
        given.map((one) => (ids.includes(one.memoryId) ? { ...one, memory: null } : one)),
      replaced: "ignore",
      given: (given, told) => {
        if (told.runId === runId) void store.reload();
        return given;
      },
    },
  });
  return store;
};
