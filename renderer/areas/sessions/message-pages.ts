import type { Session, sessions, StoredMessage } from "../../../main/areas/sessions/contract.ts";
import { asCallError } from "../../client/errors.ts";
import { followedStore, type FollowedStore } from "../../client/followed-store.ts";
import { calls, snapshots } from "./calls.ts";

export interface MessagePages {
  readonly session: Session | null;
  /** Deleted meanwhile. */
  readonly isGone: boolean;
  readonly total: number;
  readonly byIndex: ReadonlyMap<number, StoredMessage>;
}

export interface MessageLog extends FollowedStore<MessagePages> {
  /** What is in sight: pages that are missing are read. */
  readonly show: (first: number, last: number) => void;
}

export const pageSize = 100;

/** The pages that cover these places of a session, by their first index. */
export function pagesFor(first: number, last: number, total: number): number[] {
  const pages: number[] = [];
  const end = Math.min(last, total - 1);
  for (let from = Math.floor(Math.max(0, first) / pageSize) * pageSize; from <= end; from += pageSize) {
    pages.push(from);
  }
  return pages;
}

const nothing: MessagePages = { session: null, isGone: false, total: 0, byIndex: new Map() };

const withSession = (pages: MessagePages, session: Session): MessagePages => ({
  ...pages,
  session,
  isGone: false,
  total: Math.max(pages.total, session.messageCount),
});

/** Messages never change, so a page is whole once its last one is there. */
const isWhole = ({ byIndex, total }: MessagePages, from: number) =>
  byIndex.has(Math.min(from + pageSize, total) - 1);

/** The messages of one session by their place in it, read page by page where somebody looks. */
export function messageLog(id: Session["id"]): MessageLog {
  const reading = new Set<number>();

  const readPage = async (from: number) => {
    const messages: StoredMessage[] = [];
    let total = 0;
    // Where messages are long, less comes at once.
    for (let next: number | null = from; next !== null && next < from + pageSize;) {
      const part = await calls.listMessages({ id, from: next, limit: from + pageSize - next });
      messages.push(...part.messages);
      ({ total, next } = part);
    }
    return (pages: MessagePages): MessagePages => ({
      ...pages,
      total: Math.max(total, pages.total),
      byIndex: new Map([...pages.byIndex, ...messages.map((message) => [message.index, message] as const)]),
    });
  };

  const store = followedStore<typeof sessions, MessagePages>({
    area: "sessions",
    empty: nothing,
    load: async () => {
      const { value: session, seq } = await snapshots.getSession({ id });
      const last = session.messageCount - 1;
      let pages = withSession(nothing, session);
      for (const from of pagesFor(last, last, pages.total)) pages = (await readPage(from))(pages);
      return { value: pages, seq };
    },
    reducers: {
      changed: (pages, session) => (session.id === id ? withSession(pages, session) : pages),
      removed: (pages, gone) => (gone.id === id ? { ...pages, isGone: true } : pages),
    },
  });

  const show = (first: number, last: number) => {
    const { data } = store.getState();
    for (const from of pagesFor(first, last, data.total)) {
      if (isWhole(data, from) || reading.has(from)) continue;
      reading.add(from);
      store
        .extend(() => readPage(from))
        .catch((caught: unknown) => store.setState({ status: "failed", error: asCallError(caught) }))
        .finally(() => reading.delete(from));
    }
  };

  return Object.assign(store, { show });
}
