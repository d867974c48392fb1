import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as z from "zod";
import { defineArea } from "../../main/contract/define.ts";
import { fakeBridge, type FakeBridge } from "../testing/fake-bridge.ts";
import { snapshots } from "./client.ts";
import type { CallError } from "./errors.ts";
import { pagedList, withItem, withPage, withSearchedItem, type Paged, type PagedList } from "./paged-list.ts";

const Ship = z.object({ name: z.string(), cameAt: z.number(), cargo: z.string() });
type Ship = z.infer<typeof Ship>;

const harbour = defineArea({
  name: "harbour",
  endpoints: {
    listShips: {
      method: "GET",
      path: "/ships",
      summary: "Ships, the latest first.",
      scope: "read",
      pages: ["window"],
      input: z.object({ cargo: z.string().optional(), limit: z.number(), after: z.string().optional() }),
      output: z.object({ ships: z.array(Ship), next: z.string().nullable() }),
    },
  },
  events: { came: Ship, rang: z.string() },
  errors: {},
} as const);

const order = { keyOf: ({ name }: Ship) => name, rankOf: ({ cameAt }: Ship) => cameAt };
const ship = (name: string, cameAt: number, cargo = "tea"): Ship => ({ name, cameAt, cargo });
const list = (items: readonly Ship[], next: string | null = null): Paged<Ship> => ({
  items,
  next,
  isOutdated: false,
});
const names = ({ items }: Pick<Paged<Ship>, "items">) => items.map(({ name }) => name);

describe("an item that came or changed", () => {
  test("comes first when it is the latest, otherwise to its place", () => {
    const before = list([ship("c", 30), ship("a", 10)]);
    expect(names(withItem(before, ship("d", 40), order))).toEqual(["d", "c", "a"]);
    expect(names(withItem(before, ship("b", 20), order))).toEqual(["c", "b", "a"]);
    expect(names(withItem(before, ship("z", 1), order))).toEqual(["c", "a", "z"]);
  });

  test("stays where it is unless its rank changed, among equals too", () => {
    const before = list([ship("b", 20), ship("a", 20)]);
    const changed = withItem(before, ship("a", 20, "salt"), order);
    expect(names(changed)).toEqual(["b", "a"]);
    expect(changed.items[1]?.cargo).toBe("salt");
    expect(names(withItem(before, ship("a", 30), order))).toEqual(["a", "b"]);
  });

  test("is left to its page when that was not read", () => {
    const before = list([ship("c", 30), ship("b", 20)], "next");
    expect(withItem(before, ship("a", 10), order)).toBe(before);
    expect(names(withItem(before, ship("c", 5), order))).toEqual(["b"]);
  });

  test("is changed in place in a search, which is then asked again in any case", () => {
    const before = list([ship("b", 20), ship("a", 10)]);
    const changed = withSearchedItem(before, ship("a", 40, "salt"), order);
    expect(changed).toEqual({ items: [ship("b", 20), ship("a", 40, "salt")], next: null, isOutdated: true });
    expect(withSearchedItem(before, ship("z", 50), order)).toEqual({ ...before, isOutdated: true });
  });
});

test("a page is added without what came by itself meanwhile", () => {
  const page = { items: [ship("b", 20), ship("a", 10)], next: "more" };
  const { items, next } = withPage(list([ship("c", 30), ship("b", 20)], "here"), page, order);
  expect([names({ items }), next]).toEqual([["c", "b", "a"], "more"]);
});

/** A server that searches in a way of its own: by cargo. */
let ships: Ship[];
let bridge: FakeBridge;
let failing = false;
let followed: PagedList<Ship>[] = [];
let failures: CallError[] = [];

beforeEach(() => {
  ships = Array.from({ length: 250 }, (_, index) => ship(`ship ${index}`, index)).reverse();
  failing = false;
  failures = [];
  bridge = fakeBridge("window", {
    "harbour.listShips": ({ cargo, limit, after }: { cargo?: string; limit: number; after?: string }) => {
      if (failing) throw { code: "harbour.fog", message: "Fog." };
      const found = ships.filter((each) => cargo === undefined || each.cargo === cargo);
      const from = after === undefined ? 0 : found.findIndex(({ name }) => name === after) + 1;
      const page = found.slice(from, from + limit);
      return { ships: page, next: from + limit < found.length ? page.at(-1)?.name : null };
    },
  });
  Object.assign(globalThis, { window: { gatehouse: bridge } });
});
afterEach(() => {
  for (const each of followed.splice(0)) each.stop();
  vi.useRealTimers();
  Reflect.deleteProperty(globalThis, "window");
});

async function follow(cargo?: string): Promise<PagedList<Ship>> {
  const calls = snapshots<typeof harbour, "window">("harbour");
  const store = pagedList<typeof harbour, Ship>({
    ...order,
    area: "harbour",
    isSearch: cargo !== undefined,
    read: async (page) => {
      const { value, seq } = await calls.listShips({ ...page, ...(cargo === undefined ? {} : { cargo }) });
      return { value: { items: value.ships, next: value.next }, seq };
    },
    reducers: (came) => ({ came, rang: "ignore" }),
    onMoreFailed: (error) => failures.push(error),
  });
  followed.push(store);
  store.follow();
  await vi.waitFor(() => expect(store.getState().status).toBe("ready"));
  return store;
}

const shown = (store: PagedList<Ship>) => store.getState().data;
const asked = () => bridge.calls.length;

test("pages are read one after the other, each once, to the end", async () => {
  const store = await follow();
  expect(shown(store).items).toHaveLength(100);
  store.loadMore();
  store.loadMore();
  await vi.waitFor(() => expect(shown(store).items).toHaveLength(200));
  store.loadMore();
  await vi.waitFor(() => expect(shown(store).items).toHaveLength(250));
  store.loadMore();
  expect(names(shown(store))).toEqual(ships.map(({ name }) => name));
  expect(asked()).toBe(3);
});

test("a change while a page is on its way is in the list, wherever its item is", async () => {
  const store = await follow();
  store.loadMore();
  await Promise.resolve();
  expect(asked()).toBe(2);
  bridge.emit("harbour.came", ship("ship 120", 120, "salt"));
  bridge.emit("harbour.came", ship("ship 250", 250));
  await vi.waitFor(() => expect(shown(store).items).toHaveLength(201));
  expect(shown(store).items[0]?.name).toBe("ship 250");
  expect(shown(store).items.find(({ name }) => name === "ship 120")?.cargo).toBe("salt");
});

test("without a search the server is not asked again", async () => {
  const store = await follow();
  vi.useFakeTimers();
  bridge.emit("harbour.came", ship("ship 250", 250));
  expect(names(shown(store))[0]).toBe("ship 250");
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked()).toBe(1);
});

test("with a search a burst of changes asks once, for as much as was read, and rows stay meanwhile", async () => {
  const store = await follow("tea");
  store.loadMore();
  await vi.waitFor(() => expect(shown(store).items).toHaveLength(200));
  const before = asked();
  const here: number[] = [];
  store.subscribe(({ data }) => here.push(data.items.length));
  ships = [ship("new", 300), ...ships.with(0, ship("ship 249", 249, "salt"))];
  bridge.emit("harbour.came", ship("ship 249", 249, "salt"));
  for (let index = 0; index < 20; index += 1) bridge.emit("harbour.came", ship("new", 300));
  await vi.waitFor(() => expect(names(shown(store))[0]).toBe("new"));
  expect(names(shown(store))).not.toContain("ship 249");
  expect(shown(store).items).toHaveLength(200);
  expect(Math.min(...here)).toBe(200);
  expect(asked()).toBe(before + 1);
});

test("a page that is overtaken by a new reading is read along with it", async () => {
  const store = await follow("tea");
  bridge.emit("harbour.came", ship("new", 300));
  await new Promise((resolve) => setTimeout(resolve, 295));
  store.loadMore();
  await vi.waitFor(() => expect(shown(store).isOutdated).toBe(false));
  await vi.waitFor(() => expect(shown(store).items).toHaveLength(200));
});

test("a failure to read again is said and keeps the rows; one for more is told and leaves the list", async () => {
  const store = await follow("tea");
  failing = true;
  store.loadMore();
  await vi.waitFor(() => expect(failures).toMatchObject([{ code: "harbour.fog" }]));
  expect(store.getState()).toMatchObject({ status: "ready" });
  bridge.emit("harbour.came", ship("new", 300));
  await vi.waitFor(() => expect(store.getState().status).toBe("failed"));
  expect(shown(store).items).toHaveLength(100);
  failing = false;
  await store.reload();
  expect(store.getState()).toMatchObject({ status: "ready", error: null });
});

test("after the end nothing is asked any more", async () => {
  const store = await follow("tea");
  bridge.emit("harbour.came", ship("new", 300));
  store.stop();
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(asked()).toBe(1);
});
