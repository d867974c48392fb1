import { expect, it } from "vitest";
import { sleep } from "../kernel/clock.ts";
import { createFakeClock } from "./fake-clock.ts";

it("wakes what is due, in order, at its own time", () => {
  const clock = createFakeClock(1_000);
  const woken: string[] = [];
  const note = (name: string) => () => woken.push(`${name}@${clock.now()}`);
  clock.after(30, note("c"));
  clock.after(10, () => {
    note("a")();
    clock.after(5, note("b"));
  });
  const cancelTimer = clock.after(20, note("never"));
  cancelTimer();
  clock.after(31, note("late"));
  clock.advance(30);
  expect(woken).toEqual(["a@1010", "b@1015", "c@1030"]);
  expect(clock.waiting).toBe(1);
});

it("stands still by itself and does not go back", async () => {
  const clock = createFakeClock();
  const start = clock.now();
  let isAwake = false;
  const slept = sleep(clock, 100, new AbortController().signal).then(() => (isAwake = true));
  clock.advance(99);
  await Promise.resolve();
  expect(isAwake).toBe(false);
  clock.advance(1);
  await slept;
  expect(clock.now()).toBe(start + 100);
  expect(() => clock.advance(-1)).toThrow(RangeError);
});
