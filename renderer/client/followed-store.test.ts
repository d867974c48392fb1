import { afterEach, expect, test } from "vitest";
import * as z from "zod";
import { defineArea } from "../../main/contract/define.ts";
import { fakeBridge, type FakeBridge } from "../testing/fake-bridge.ts";
import { CallError } from "./errors.ts";
import { followedStore } from "./followed-store.ts";

const lamps = defineArea({
  name: "lamps",
  endpoints: {},
  events: { lit: z.string(), broke: z.string() },
  errors: {},
});

interface Answer {
  resolve(value: { value: readonly string[]; seq: number }): void;
  reject(error: unknown): void;
}

/** A store whose snapshots arrive when the test says so. */
function lampStore() {
  const answers: Answer[] = [];
  const store = followedStore<typeof lamps, readonly string[]>({
    area: "lamps",
    empty: [],
    load: () => new Promise((resolve, reject) => void answers.push({ resolve, reject })),
    reducers: { lit: (lit, name) => (lit.includes(name) ? lit : [...lit, name]), broke: "ignore" },
  });
  return { store, answers };
}

function withBridge(): FakeBridge {
  const bridge = fakeBridge("window", {});
  Object.assign(globalThis, { window: { gatehouse: bridge } });
  return bridge;
}

const settle = () => new Promise((resolve) => setTimeout(resolve));
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  Reflect.deleteProperty(globalThis, "window");
});

test("events that overtake the snapshot are applied once, and only those it does not contain", async () => {
  const bridge = withBridge();
  const { store, answers } = lampStore();
  stops.push(store.stop);
  store.follow();
  bridge.emit("lamps.lit", "hall");
  bridge.emit("other.lit", "street");
  bridge.emit("lamps.lit", "attic");
  answers[0]?.resolve({ value: ["porch"], seq: 1 });
  await settle();
  expect(store.getState()).toMatchObject({ data: ["porch", "attic"], status: "ready" });
  bridge.emit("lamps.broke", "attic");
  bridge.emit("lamps.lit", "cellar");
  expect(store.getState().data).toEqual(["porch", "attic", "cellar"]);
});

test("of two snapshots on their way only the one asked for last counts", async () => {
  const bridge = withBridge();
  const { store, answers } = lampStore();
  stops.push(store.stop);
  store.follow();
  void store.reload();
  answers[1]?.resolve({ value: ["new"], seq: 0 });
  await settle();
  bridge.emit("lamps.lit", "hall");
  answers[0]?.resolve({ value: ["old"], seq: 0 });
  await settle();
  expect(store.getState().data).toEqual(["new", "hall"]);
});

test("a failed snapshot says why, keeps what was there and can be asked for again", async () => {
  withBridge();
  const { store, answers } = lampStore();
  stops.push(store.stop);
  store.follow();
  answers[0]?.resolve({ value: ["porch"], seq: 0 });
  await settle();
  void store.reload();
  answers[1]?.reject(new CallError({ code: "lamps.dark", message: "No light." }));
  await settle();
  expect(store.getState()).toMatchObject({
    data: ["porch"],
    status: "failed",
    error: { code: "lamps.dark" },
  });
  void store.reload();
  answers[2]?.resolve({ value: ["hall"], seq: 0 });
  await settle();
  expect(store.getState()).toMatchObject({ data: ["hall"], status: "ready", error: null });
});

test("what is added while events come in ends as the newest of them says", async () => {
  const bridge = withBridge();
  const { store, answers } = lampStore();
  stops.push(store.stop);
  store.follow();
  answers[0]?.resolve({ value: ["porch"], seq: 0 });
  await settle();
  let arrive: (names: readonly string[]) => void = () => undefined;
  const added = new Promise<readonly string[]>((resolve) => (arrive = resolve));
  const extended = store.extend(async () => {
    const names = await added;
    return (lit) => [...lit, ...names];
  });
  bridge.emit("lamps.lit", "hall");
  expect(store.getState().data).toEqual(["porch"]);
  arrive(["attic", "hall"]);
  await extended;
  expect(store.getState().data).toEqual(["porch", "attic", "hall"]);
});

test("what was to be added to the data before a reload is dropped, and a failure is passed on", async () => {
  const bridge = withBridge();
  const { store, answers } = lampStore();
  stops.push(store.stop);
  store.follow();
  answers[0]?.resolve({ value: ["porch"], seq: 0 });
  await settle();
  let arrive: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (arrive = resolve));
  const extended = store.extend(async () => {
    await gate;
    return (lit) => [...lit, "attic"];
  });
  void store.reload();
  answers[1]?.resolve({ value: ["hall"], seq: 0 });
  await settle();
  arrive();
  await extended;
  expect(store.getState().data).toEqual(["hall"]);
  await expect(store.extend(() => Promise.reject(new Error("dark")))).rejects.toThrow("dark");
  bridge.emit("lamps.lit", "cellar");
  expect(store.getState().data).toEqual(["hall", "cellar"]);
});
