import type { sessions } from "../../../main/areas/sessions/contract.ts";
import { followedStore } from "../../client/followed-store.ts";
import { snapshots } from "./calls.ts";

/** The tags that sessions have, to choose from. One that no session has any more stays until they are read again. */
export const useTags = followedStore<typeof sessions, readonly string[]>({
  area: "sessions",
  empty: [],
  load: async () => {
    const { value, seq } = await snapshots.listTags();
    return { value: value.tags, seq };
  },
  reducers: {
    changed: (tags, session) =>
      session.tags.every((tag) => tags.includes(tag))
        ? tags
        : [...new Set([...tags, ...session.tags])].toSorted(),
    removed: "ignore",
  },
});
