import { expect, test } from "vitest";
import { createBus, type Bus, type BusEvent } from "./bus.ts";

const seqsSince = (bus: Bus, after: number) => bus.since(after)?.map(({ seq }) => seq);

test("numbers events from 1, and all hear the same object", () => {
  const bus = createBus(() => {});
  const seen: BusEvent[] = [];
  const alsoSeen: BusEvent[] = [];
  bus.subscribe((event) => seen.push(event));
  bus.subscribe((event) => alsoSeen.push(event));
  expect(bus.seq).toBe(0);
  bus.publish("runs.started", { id: 1 });
  bus.publish("runs.changed", { id: 1, "}": "\n" });
  expect(JSON.stringify(seen)).toBe(
    '[{"type":"runs.started","seq":1,"payload":{"id":1}},{"type":"runs.changed","seq":2,"payload":{"id":1,"}":"\\n"}}]',
  );
  expect(seen.every((event, at) => event === alsoSeen[at] && event === bus.since(0)?.[at])).toBe(true);
  expect(bus.seq).toBe(2);
});

test("since() gives what is kept, and null when some of it is gone or was never", () => {
  const bus = createBus(() => {});
  expect(seqsSince(bus, 0)).toEqual([]);
  for (let i = 0; i < 1024; i += 1) bus.publish("x.y", i);
  expect(seqsSince(bus, 0)).toHaveLength(1024);
  bus.publish("x.y", 1024);
  expect(bus.since(0)).toBeNull();
  expect(seqsSince(bus, 1)?.at(0)).toBe(2);
  expect(seqsSince(bus, 1022)).toEqual([1023, 1024, 1025]);
  expect(seqsSince(bus, 1025)).toEqual([]);
  for (const strange of [1026, -1, 0.5, NaN, Infinity]) expect(bus.since(strange)).toBeNull();
});

test("each process has a boot id of its own", () => {
  expect(createBus(() => {}).bootId).not.toBe(createBus(() => {}).bootId);
});

test("a listener that throws is reported and does not disturb the others", () => {
  const reported: unknown[] = [];
  const bus = createBus((error) => reported.push(error));
  const seen: number[] = [];
  bus.subscribe(() => {
    throw new Error("broken");
  });
  bus.subscribe(({ seq }) => seen.push(seq));
  bus.publish("x.y", null);
  bus.publish("x.y", null);
  expect(seen).toEqual([1, 2]);
  expect(reported).toEqual([new Error("broken"), new Error("broken")]);
});

test("a report that is an event itself does not go round for ever", () => {
  const bus: Bus = createBus(() => bus.publish("diagnostics.errorRecorded", null));
  const seen: string[] = [];
  bus.subscribe(() => {
    throw new Error("broken");
  });
  bus.subscribe(({ type }) => seen.push(type));
  bus.publish("x.y", null);
  expect(seen).toEqual(["x.y", "diagnostics.errorRecorded"]);
});

test("a listener may publish: all still get the events in order", () => {
  const bus = createBus(() => {});
  const [first, second]: [number[], number[]] = [[], []];
  bus.subscribe(({ seq, type }) => {
    first.push(seq);
    if (type === "x.cause") bus.publish("x.effect", null);
  });
  bus.subscribe(({ seq }) => second.push(seq));
  bus.publish("x.cause", null);
  bus.publish("x.cause", null);
  expect([first, second]).toEqual([
    [1, 2, 3, 4],
    [1, 2, 3, 4],
  ]);
});

test("who has left hears nothing more, also when leaving while being told", () => {
  const bus = createBus(() => {});
  let heard = 0;
  const leave = bus.subscribe(() => {
    heard += 1;
    leave();
  });
  bus.publish("x.y", null);
  bus.publish("x.y", null);
  expect(heard).toBe(1);
});
