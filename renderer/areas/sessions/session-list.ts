import type { Session, sessions } from "../../../main/areas/sessions/contract.ts";
import { asCallError } from "../../client/errors.ts";
import { followedStore, type FollowedStore } from "../../client/followed-store.ts";
import { toast } from "../../ui/toasts.ts";
import { calls, snapshots } from "./calls.ts";

export interface SessionList {
  /** Most recently used first. */
  readonly sessions: readonly Session[];
  readonly next: string | null;
}

const emptyList: SessionList = { sessions: [], next: null };
const pageSize = 100;

export function sessionMatches(search: string, session: Session): boolean {
  const text = `${session.id}\n${session.title}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** The list after a session changed: what was used last comes first. */
export function withSession(search: string, list: SessionList, session: Session): SessionList {
  const others = list.sessions.filter((each) => each.id !== session.id);
  if (!sessionMatches(search, session)) return { ...list, sessions: others };
  const place = others.findIndex((each) => each.updatedAt <= session.updatedAt);
  if (place !== -1) return { ...list, sessions: others.toSpliced(place, 0, session) };
  return list.next === null ? { ...list, sessions: [...others, session] } : { ...list, sessions: others };
}

export interface SessionListStore extends FollowedStore<SessionList> {
  /** Reads the next page, once at a time. */
  readonly loadMore: () => void;
}

export function sessionListStore(search: string): SessionListStore {
  const asked = { limit: pageSize, ...(search === "" ? {} : { search }) };
  const store = followedStore<typeof sessions, SessionList>({
    area: "sessions",
    empty: emptyList,
    load: () => snapshots.listSessions(asked),
    reducers: { changed: (list, session) => withSession(search, list, session) },
  });
  let isLoading = false;
  const readNext = async () => {
    const after = store.getState().data.next;
    if (after === null || isLoading) return;
    isLoading = true;
    try {
      const page = await calls.listSessions({ ...asked, after });
      store.update((list) => {
        if (list.next !== after) return list;
        const known = new Set(list.sessions.map((session) => session.id));
        const added = page.sessions.filter((session) => !known.has(session.id));
        return { sessions: [...list.sessions, ...added], next: page.next };
      });
    } catch (caught) {
      toast(`More sessions could not be loaded. ${asCallError(caught).message}`, { tone: "deny" });
    } finally {
      isLoading = false;
    }
  };
  return Object.assign(store, { loadMore: () => void readNext() });
}
