import type { WaitingItem } from "../../main/areas/waiting/contract.ts";
import type { Followed } from "../client/followed-store.ts";
import { questionKind } from "./questions/waiting.ts";
import { permissionKind } from "./permissions/waiting.ts";
import type { WaitingKind, WaitingList } from "./waiting-kind.ts";

type Kind = WaitingItem["kind"];
type ItemOf<K extends Kind> = Extract<WaitingItem, { readonly kind: K }>;

/** Everything that waits for a person, by kind. A kind that is forgotten does not compile. */
const kinds: { readonly [K in Kind]: WaitingKind<ItemOf<K>> } = {
  permission: permissionKind,
  question: questionKind,
};

/** The part of each kind that does not depend on what its items are. */
const sources: readonly Pick<WaitingKind<WaitingItem>, "useList" | "reload">[] = Object.values(kinds);

export const kindOf = <K extends Kind>(item: ItemOf<K> & { readonly kind: K }): WaitingKind<ItemOf<K>> =>
  kinds[item.kind];

/** All kinds as one queue, the longest wait first. It is as good as its worst part. */
export function joined(
  lists: readonly Followed<WaitingList<WaitingItem>>[],
): Followed<WaitingList<WaitingItem>> {
  const failed = lists.find(({ status }) => status === "failed");
  const isLoading = lists.some(({ status }) => status === "loading");
  return {
    status: failed !== undefined ? "failed" : isLoading ? "loading" : "ready",
    error: failed?.error ?? null,
    data: {
      waiting: lists.flatMap(({ data }) => data.waiting).toSorted((a, b) => a.askedAt - b.askedAt),
      settled: lists.flatMap(({ data }) => data.settled).toSorted(bySettled),
    },
  };
}

const bySettled = (a: WaitingItem, b: WaitingItem) => (b.settledAt ?? 0) - (a.settledAt ?? 0);

type Queue = Followed<WaitingList<WaitingItem>>;
let latest: { readonly parts: readonly Queue[]; readonly queue: Queue } | null = null;

/** What waits, followed in this page from the first use on. The same everywhere, and the same object until it changes. */
export function useWaiting(): Queue {
  // The kinds never change, so neither does the order of these hooks.
  const parts = sources.map(({ useList }) => useList());
  if (latest === null || parts.some((part, index) => part !== latest?.parts[index])) {
    latest = { parts, queue: joined(parts) };
  }
  return latest.queue;
}

/** What can be answered many at once, with one confirmation. */
export const answerableTogether = (items: readonly WaitingItem[]) =>
  items.filter((item) => item.kind === "permission");

export { UndoBar } from "./permissions/UndoBar.tsx";
export { useUndoable } from "./permissions/UndoDenial.tsx";
export { ConfirmMany } from "./permissions/ConfirmMany.tsx";

export const useWaitingCount = () => useWaiting().data.waiting.length;

export const reloadWaiting = () => Promise.all(sources.map(({ reload }) => reload()));
