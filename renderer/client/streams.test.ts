import { afterEach, expect, expectTypeOf, test } from "vitest";
import * as z from "zod";
import { defineArea, type Page, type PageStreams } from "../../main/contract/define.ts";
import { fakeBridge } from "../testing/fake-bridge.ts";
import { streams } from "./streams.ts";
import { subscribe } from "./subscribe.ts";

const stream = {
  summary: "",
  scope: "follow",
  position: "after",
  input: z.object({ tap: z.string(), after: z.int().default(0) }),
  frame: z.object({ n: z.number() }),
} as const;
const water = defineArea({
  name: "water",
  endpoints: {},
  events: { shut: z.string() },
  streams: {
    drops: { ...stream, path: "/drops", pages: ["window", "popup"] },
    flood: { ...stream, path: "/flood", pages: ["window"] },
    drain: { ...stream, path: "/drain" },
  },
  errors: {},
});
type Water = typeof water;

test("a page has the streams it may follow, and code of both pages what both may", () => {
  expectTypeOf<keyof PageStreams<Water, "window">>().toEqualTypeOf<"drops" | "flood">();
  expectTypeOf<keyof PageStreams<Water, "popup">>().toEqualTypeOf<"drops">();
  expectTypeOf<keyof PageStreams<Water, Page>>().toEqualTypeOf<"drops">();
});

test("a stream that the page may not follow does not compile", () => {
  const listener = () => {};
  const popup = streams<Water, "popup">("water");
  // @ts-expect-error The window's alone.
  void (() => popup.flood({ tap: "a" }, listener));
  // @ts-expect-error No page's.
  void (() => streams<Water, "window">("water").drain({ tap: "a" }, listener));
  // @ts-expect-error Of both pages only what both may follow.
  void (() => streams<Water, Page>("water").flood({ tap: "a" }, listener));
  // @ts-expect-error Input is checked too.
  void (() => popup.drops({ after: 1 }, listener));
  void (() => popup.drops({ tap: "a" }, (frame) => expectTypeOf(frame).toEqualTypeOf<{ n: number }>()));
});

afterEach(() => Reflect.deleteProperty(globalThis, "window"));

test("frames come to who follows, among the events, until it has had enough", () => {
  const bridge = fakeBridge("popup", {});
  Object.assign(globalThis, { window: { gatehouse: bridge } });
  const told: unknown[] = [];
  const { drops } = streams<Water, "popup">("water");
  const stops = [
    drops({ tap: "a" }, ({ n }) => told.push(`a ${n}`)),
    drops({ tap: "b", after: 3 }, ({ n }) => told.push(`b ${n}`)),
    subscribe<Water, null>("water", { shut: (state, tap) => (told.push(`shut ${tap}`), state) }, (step) =>
      step(null),
    ),
  ];
  expect(bridge.followed).toEqual([
    { name: "water.drops", input: { tap: "a" } },
    { name: "water.drops", input: { tap: "b", after: 3 } },
  ]);
  bridge.tell("water.drops", { n: 1 });
  bridge.emit("water.shut", "a");
  stops[0]?.();
  bridge.tell("water.drops", { n: 2 });
  expect(told).toEqual(["a 1", "b 1", "shut a", "b 2"]);
  for (const stop of stops.slice(1)) stop();
  expect(bridge.followed).toEqual([]);
});
