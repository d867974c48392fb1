import { afterEach, expect, expectTypeOf, test } from "vitest";
import * as z from "zod";
import { defineArea, type Client, type Page } from "../../main/contract/define.ts";
import { fakeBridge } from "../testing/fake-bridge.ts";
import { client, snapshots } from "./client.ts";
import { CallError } from "./errors.ts";

const endpoint = { method: "GET", summary: "", scope: "read", output: z.number() } as const;
const lamps = defineArea({
  name: "lamps",
  endpoints: {
    count: { ...endpoint, path: "/lamps", pages: ["window", "popup"], input: z.object({}) },
    light: { ...endpoint, path: "/lamps/:name", pages: ["window"], input: z.object({ name: z.string() }) },
    flash: { ...endpoint, path: "/flash", pages: ["popup"], input: z.object({ times: z.int().default(1) }) },
    sell: { ...endpoint, path: "/sold", input: z.object({}) },
  },
  events: {},
  errors: {},
});
type Lamps = typeof lamps;

test("a page has the calls it may make, code of both pages what both may, and HTTP all", () => {
  expectTypeOf<keyof Client<Lamps, "window">>().toEqualTypeOf<"count" | "light">();
  expectTypeOf<keyof Client<Lamps, "popup">>().toEqualTypeOf<"count" | "flash">();
  expectTypeOf<keyof Client<Lamps, Page>>().toEqualTypeOf<"count">();
  expectTypeOf<keyof Client<Lamps>>().toEqualTypeOf<"count" | "light" | "flash" | "sell">();
});

test("a call of another page does not compile", () => {
  const popup = client<Lamps, "popup">("lamps");
  // @ts-expect-error The window's alone.
  void (() => popup.light({ name: "hall" }));
  // @ts-expect-error No page's.
  void (() => popup.sell());
  // @ts-expect-error Of both pages only what both may call.
  void (() => client<Lamps, Page>("lamps").flash());
  // @ts-expect-error Another area's name.
  void (() => client<Lamps, "popup">("doors"));
  // @ts-expect-error Input is checked too.
  void (() => popup.flash({ times: "twice" }));
  expectTypeOf(popup.flash).returns.resolves.toEqualTypeOf<number>();
});

afterEach(() => Reflect.deleteProperty(globalThis, "window"));

test("a call goes over the bridge by name; a snapshot says where in the events it was made", async () => {
  const bridge = fakeBridge("popup", { "lamps.count": () => 3 });
  Object.assign(globalThis, { window: { gatehouse: bridge } });
  bridge.emit("lamps.lit", "hall");
  expect(await client<Lamps, "popup">("lamps").count()).toBe(3);
  expect(await snapshots<Lamps, "popup">("lamps").count()).toEqual({ value: 3, seq: 1 });
  expect(bridge.calls).toEqual([
    { name: "lamps.count", input: {} },
    { name: "lamps.count", input: {} },
  ]);
});

test("a refusal is thrown with its code", async () => {
  Object.assign(globalThis, { window: { gatehouse: fakeBridge("popup", {}) } });
  const refused = client<Lamps, "popup">("lamps").flash();
  await expect(refused).rejects.toThrow(CallError);
  await expect(refused).rejects.toMatchObject({ code: "request.invalid" });
});
