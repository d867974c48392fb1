import type { Memory, memories } from "../../../main/areas/memories/contract.ts";
import { pagedList, withoutItems, type PagedList } from "../../client/paged-list.ts";
import { toast } from "../../ui/toasts.ts";
import { snapshots } from "./calls.ts";

export interface MemoryQuery {
  readonly search: string;
  readonly tag: string | null;
  readonly isPinned: boolean;
}

/** The memories that match, newest first, kept up to date. */
export const memoryList = ({ search, tag, isPinned }: MemoryQuery): PagedList<Memory> =>
  pagedList<typeof memories, Memory>({
    area: "memories",
    keyOf: ({ id }) => id,
    rankOf: ({ createdAt }) => createdAt,
    isSearch: search !== "" || tag !== null || isPinned,
    read: async (page) => {
      const { value, seq } = await snapshots.listMemories({
        ...page,
        ...(search === "" ? {} : { search }),
        ...(tag === null ? {} : { tag }),
        ...(isPinned ? { pinned: true } : {}),
      });
      return { value: { items: value.memories, next: value.next }, seq };
    },
    reducers: (changed) => ({
      changed,
      removed: (list, { ids }) => withoutItems(list, ({ id }) => ids.includes(id)),
      replaced: (list) => ({ ...list, isOutdated: true }),
      given: "ignore",
    }),
    onMoreFailed: ({ message }) => toast(`More memories could not be loaded. ${message}`, { tone: "deny" }),
  });
