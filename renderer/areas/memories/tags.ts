import type { memories } from "../../../main/areas/memories/contract.ts";
import { followedStore } from "../../client/followed-store.ts";
import { snapshots } from "./calls.ts";

/** The tags that memories have, to choose from. One that none has any more stays until they are read again. */
export const useTags = followedStore<typeof memories, readonly string[]>({
  area: "memories",
  empty: [],
  load: async () => {
    const { value, seq } = await snapshots.listTags();
    return { value: value.tags, seq };
  },
  reducers: {
    changed: (tags, memory) =>
      memory.tags.every((tag) => tags.includes(tag))
        ? tags
        : [...new Set([...tags, ...memory.tags])].toSorted(),
    removed: "ignore",
    replaced: "ignore",
    given: "ignore",
  },
});
