import type { Session, sessions } from "../../../main/areas/sessions/contract.ts";
import { pagedList, type PagedList } from "../../client/paged-list.ts";
import { toast } from "../../ui/toasts.ts";
import { snapshots } from "./calls.ts";

/** The sessions that match, most recently used first, kept up to date. */
export const sessionList = (search: string): PagedList<Session> =>
  pagedList<typeof sessions, Session>({
    area: "sessions",
    keyOf: ({ id }) => id,
    rankOf: ({ updatedAt }) => updatedAt,
    isSearch: search !== "",
    read: async (page) => {
      const { value, seq } = await snapshots.listSessions({ ...page, ...(search === "" ? {} : { search }) });
      return { value: { items: value.sessions, next: value.next }, seq };
    },
    reducers: (changed) => ({ changed }),
    onMoreFailed: ({ message }) => toast(`More sessions could not be loaded. ${message}`, { tone: "deny" }),
  });
