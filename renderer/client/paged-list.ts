import type { Area, Reducers } from "../../main/contract/define.ts";
import type { Snapshot } from "./client.ts";
import { asCallError, type CallError } from "./errors.ts";
import { followedStore, type FollowedStore } from "./followed-store.ts";

/** A list of the server, as far as it was read, the highest rank first. */
export interface Paged<Item> {
  readonly items: readonly Item[];
  /** Where the next page begins; null: this is all. */
  readonly next: string | null;
  /** Something changed whose place only the server knows. */
  readonly isOutdated: boolean;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** What tells items apart, and by what the server sorts them. */
export interface Order<Item> {
  readonly keyOf: (item: Item) => string;
  readonly rankOf: (item: Item) => number;
}

const nothing = { items: [], next: null, isOutdated: false };

/** The list after an item came or changed. One beyond the pages read so far is left to its page. */
export function withItem<Item>(list: Paged<Item>, item: Item, { keyOf, rankOf }: Order<Item>): Paged<Item> {
  const key = keyOf(item);
  const place = list.items.findIndex((each) => keyOf(each) === key);
  const known = list.items[place];
  if (known !== undefined && rankOf(known) === rankOf(item)) {
    return { ...list, items: list.items.with(place, item) };
  }
  const others = place === -1 ? list.items : list.items.toSpliced(place, 1);
  const below = others.findIndex((each) => rankOf(each) <= rankOf(item));
  if (below !== -1) return { ...list, items: others.toSpliced(below, 0, item) };
  if (list.next === null) return { ...list, items: [...others, item] };
  return place === -1 ? list : { ...list, items: others };
}

/** The same in the result of a search. Whether the item belongs there, and what moves up, is the server's to say. */
export function withSearchedItem<Item>(list: Paged<Item>, item: Item, { keyOf }: Order<Item>): Paged<Item> {
  const place = list.items.findIndex((each) => keyOf(each) === keyOf(item));
  return {
    ...list,
    items: place === -1 ? list.items : list.items.with(place, item),
    isOutdated: true,
  };
}

/** The list after some items have left it. */
export function withoutItems<Item>(list: Paged<Item>, isGone: (item: Item) => boolean): Paged<Item> {
  return list.items.some(isGone) ? { ...list, items: list.items.filter((item) => !isGone(item)) } : list;
}

/** The list and its next page, without what came by itself meanwhile. */
export function withPage<Item>(list: Paged<Item>, page: Page<Item>, { keyOf }: Order<Item>): Paged<Item> {
  const known = new Set(list.items.map(keyOf));
  return {
    ...list,
    items: [...list.items, ...page.items.filter((item) => !known.has(keyOf(item)))],
    next: page.next,
  };
}

type Change<Item> = (list: Paged<Item>, item: Item) => Paged<Item>;

export interface PagedListOptions<A extends Area, Item> extends Order<Item> {
  readonly area: A["name"];
  /** Only part of all there is: a search or a filter, which are the server's matter. */
  readonly isSearch: boolean;
  readonly read: (page: { limit: number; after?: string }) => Promise<Snapshot<Page<Item>>>;
  /** Which events tell of an item: they get `changed`. */
  readonly reducers: (changed: Change<Item>) => Reducers<A, Paged<Item>>;
  /** The next page could not be read; the list stays as it is. */
  readonly onMoreFailed: (error: CallError) => void;
}

export interface PagedList<Item> extends FollowedStore<Paged<Item>> {
  /** Reads the next page, once at a time. */
  readonly loadMore: () => void;
}

const pageSize = 100;
const mostAtOnce = 500;
/** Changes come in bursts: one question answers all of this time. */
const askAgainMs = 300;

/**
 * A list that grows page by page and follows events. Without a search, items find their places by themselves; with
 * one the server is asked again for as much as was read, and the old rows stay on screen until it has answered.
 */
export function pagedList<A extends Area, Item>(options: PagedListOptions<A, Item>): PagedList<Item> {
  const { area, isSearch, read, reducers, onMoreFailed } = options;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let asking = Promise.resolve();
  let isReadingMore = false;

  const readFromStart = async (atLeast: number): Promise<Snapshot<Paged<Item>>> => {
    let list: Paged<Item> = nothing;
    let seq: number | null = null;
    do {
      const limit = Math.min(mostAtOnce, Math.max(pageSize, atLeast - list.items.length));
      const page = await read({ limit, ...(list.next === null ? {} : { after: list.next }) });
      // What was published after the first page is told again: the later pages may contain it, the first does not.
      seq ??= page.seq;
      list = withPage(list, page.value, options);
    } while (list.next !== null && list.items.length < atLeast);
    return { value: list, seq };
  };

  const store = followedStore<A, Paged<Item>>({
    area,
    empty: nothing,
    // A page that was on its way when the list is read anew is read along with it.
    load: ({ items }) => readFromStart(items.length + (isReadingMore ? pageSize : 0)),
    reducers: reducers((list, item) => (isSearch ? withSearchedItem : withItem)(list, item, options)),
  });

  const askAgain = () => {
    timer = null;
    asking = store.reload();
  };
  store.subscribe(({ data, status }, before) => {
    if (!data.isOutdated || status !== "ready" || timer !== null || data === before.data) return;
    timer = setTimeout(askAgain, askAgainMs);
  });

  const loadMore = async () => {
    if (isReadingMore) return;
    isReadingMore = true;
    try {
      await asking;
      const after = store.getState().data.next;
      if (after === null) return;
      await store.extend(async () => {
        const { value } = await read({ limit: pageSize, after });
        return (list) => (list.next === after ? withPage(list, value, options) : list);
      });
    } catch (caught) {
      onMoreFailed(asCallError(caught));
    } finally {
      isReadingMore = false;
    }
  };

  const { stop: stopFollowing } = store;
  const stop = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    stopFollowing();
  };
  return Object.assign(store, { loadMore: () => void loadMore(), stop });
}
