import type { Session, sessions } from "../../../main/areas/sessions/contract.ts";
import { pagedList, withoutItems, type PagedList } from "../../client/paged-list.ts";
import { toast } from "../../ui/toasts.ts";
import { snapshots } from "./calls.ts";

export type SessionState = "listed" | "archived";

export interface SessionQuery {
  readonly search: string;
  readonly tag: string | null;
  readonly state: SessionState;
}

const stateOf = (session: Session): SessionState => (session.archivedAt === null ? "listed" : "archived");

/** The sessions that match, most recently used first, kept up to date. */
export const sessionList = ({ search, tag, state }: SessionQuery): PagedList<Session> =>
  pagedList<typeof sessions, Session>({
    area: "sessions",
    keyOf: ({ id }) => id,
    rankOf: ({ updatedAt }) => updatedAt,
    isSearch: search !== "" || tag !== null,
    read: async (page) => {
      const { value, seq } = await snapshots.listSessions({
        ...page,
        state,
        ...(search === "" ? {} : { search }),
        ...(tag === null ? {} : { tag }),
      });
      return { value: { items: value.sessions, next: value.next }, seq };
    },
    reducers: (changed) => ({
      changed: (list, session) =>
        stateOf(session) === state
          ? changed(list, session)
          : withoutItems(list, ({ id }) => id === session.id),
      removed: (list, gone) => withoutItems(list, ({ id }) => id === gone.id),
    }),
    onMoreFailed: ({ message }) => toast(`More sessions could not be loaded. ${message}`, { tone: "deny" }),
  });
