import { create, type StoreApi, type UseBoundStore } from "zustand";
import type { Session, sessions, StoredMessage } from "../../../main/areas/sessions/contract.ts";
import { asCallError, type CallError } from "../../client/errors.ts";
import { subscribe } from "../../client/subscribe.ts";
import { calls } from "./calls.ts";

export interface MessagePages {
  readonly session: Session | null;
  readonly total: number;
  readonly byIndex: ReadonlyMap<number, StoredMessage>;
  readonly status: "loading" | "ready" | "failed";
  readonly error: CallError | null;
}

export interface MessageLog extends UseBoundStore<StoreApi<MessagePages>> {
  /** Reads the session and its end, and follows it. The result stops it. */
  readonly follow: () => () => void;
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

const nothing: MessagePages = { session: null, total: 0, byIndex: new Map(), status: "loading", error: null };

const withSession = (state: MessagePages, session: Session): MessagePages => ({
  ...state,
  session,
  total: Math.max(state.total, session.messageCount),
});

/** The messages of one session, read page by page where somebody looks. */
export function messageLog(id: Session["id"]): MessageLog {
  const store = create<MessagePages>(() => nothing);
  /** How many messages a page had when it was read last; a full one never changes. */
  const read = new Map<number, number>();
  const reading = new Set<number>();
  let isStopped = false;

  const readPage = async (from: number) => {
    if (reading.has(from)) return;
    reading.add(from);
    try {
      const { messages, total } = await calls.listMessages({ id, from, limit: pageSize });
      if (isStopped) return;
      read.set(from, messages.length);
      store.setState((state) => {
        const byIndex = new Map(state.byIndex);
        for (const message of messages) byIndex.set(message.index, message);
        return { byIndex, total: Math.max(total, state.total), status: "ready", error: null };
      });
    } catch (caught) {
      if (!isStopped) store.setState({ status: "failed", error: asCallError(caught) });
    } finally {
      reading.delete(from);
    }
  };

  const show = (first: number, last: number) => {
    const { total } = store.getState();
    for (const from of pagesFor(first, last, total)) {
      const expected = Math.min(pageSize, total - from);
      if ((read.get(from) ?? 0) < expected) void readPage(from);
    }
  };

  const follow = () => {
    isStopped = false;
    read.clear();
    store.setState(nothing);
    const unsubscribe = subscribe<typeof sessions, MessagePages>(
      "sessions",
      { changed: (state, session) => (session.id === id ? withSession(state, session) : state) },
      (step) => store.setState(step),
    );
    calls.getSession({ id }).then(
      (session) => {
        if (isStopped) return;
        store.setState((state) => withSession(state, session));
        if (session.messageCount === 0) store.setState({ status: "ready" });
        else show(session.messageCount - 1, session.messageCount - 1);
      },
      (caught: unknown) => {
        if (!isStopped) store.setState({ status: "failed", error: asCallError(caught) });
      },
    );
    return () => {
      isStopped = true;
      unsubscribe();
    };
  };

  return Object.assign(store, { follow, show });
}
