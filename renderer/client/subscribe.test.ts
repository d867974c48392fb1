import { afterEach, beforeEach, expect, test } from "vitest";
import * as z from "zod";
import { defineArea } from "../../main/contract/define.ts";
import { fakeBridge, type FakeBridge } from "../testing/fake-bridge.ts";
import { subscribe } from "./subscribe.ts";

const lamps = defineArea({
  name: "lamps",
  endpoints: {},
  events: { lit: z.string(), broke: z.string() },
  errors: {},
});

let bridge: FakeBridge;
beforeEach(() => {
  bridge = fakeBridge("window", {});
  Object.assign(globalThis, { window: { gatehouse: bridge } });
});
afterEach(() => Reflect.deleteProperty(globalThis, "window"));

test("events of the area reach their reducers in order, with their numbers, until it is stopped", () => {
  let lit: readonly string[] = [];
  const numbers: number[] = [];
  const stop = subscribe<typeof lamps, readonly string[]>(
    "lamps",
    { lit: (names, name) => [...names, name], broke: "ignore" },
    (step, seq) => {
      lit = step(lit);
      numbers.push(seq);
    },
  );
  bridge.emit("lamps.lit", "hall");
  bridge.emit("lamps.broke", "hall");
  bridge.emit("doors.lit", "gate");
  bridge.emit("lamps.unknown", "x");
  bridge.emit("lamps.lit", "attic");
  stop();
  bridge.emit("lamps.lit", "cellar");
  expect(lit).toEqual(["hall", "attic"]);
  expect(numbers).toEqual([1, 5]);
});

test("an event without a reducer, or with another payload, does not compile", () => {
  // @ts-expect-error `broke` is forgotten.
  void (() => subscribe<typeof lamps, void>("lamps", { lit: "ignore" }, (step) => step()));
  void (() =>
    subscribe<typeof lamps, number>(
      "lamps",
      // @ts-expect-error A name is no number.
      { lit: (sum, name: number) => sum + name, broke: "ignore" },
      (step) => step(0),
    ));
});
