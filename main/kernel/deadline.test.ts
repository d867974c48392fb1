import { expect, test } from "vitest";
import { createFakeClock } from "../testing/fake-clock.ts";
import { systemClock } from "./clock.ts";
import { deadlineIn, isOver, recordedDeadline, stampNow, whenOver } from "./deadline.ts";

const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 1);

test("whichever clock comes first ends it", () => {
  const clock = createFakeClock();
  const deadline = deadlineIn(clock, HOUR);
  clock.advance(HOUR - 1);
  expect(isOver(clock, deadline)).toBe(false);
  clock.set(1);
  expect(isOver(clock, deadline)).toBe(true);
  clock.set(-24 * HOUR);
  expect(isOver(clock, deadline)).toBe(false);
  clock.advance(1);
  expect(isOver(clock, deadline)).toBe(true);
});

test("it is told once, soon after a sleep or a step of the clock, and not at all when it was cancelled", () => {
  const clock = createFakeClock();
  const told: string[] = [];
  whenOver(clock, deadlineIn(clock, HOUR), () => told.push("hour"));
  whenOver(clock, deadlineIn(clock, 2 * HOUR), () => told.push("two hours"));
  const cancel = whenOver(clock, deadlineIn(clock, HOUR), () => told.push("cancelled"));
  clock.advance(HOUR / 2);
  cancel();
  clock.suspend(HOUR);
  clock.advance(30_000);
  expect(told).toEqual(["hour"]);
  clock.set(-24 * HOUR);
  clock.advance(2 * HOUR);
  expect(told).toEqual(["hour", "two hours"]);
  expect(clock.waiting).toBe(0);
});

test("not even what is over already is told at once", () => {
  const clock = createFakeClock();
  let told = 0;
  whenOver(clock, deadlineIn(clock, -HOUR), () => (told += 1));
  expect(told).toBe(0);
  clock.advance(0);
  expect(told).toBe(1);
});

test.each([
  ["no stamp", null],
  ["another start of the machine", "other 0"],
  ["a stamp of later, as another time namespace gives", "boot 99999999999"],
  ["no number", "boot x"],
])("with %s the clock that can be set is what there is", (_what, stamp) => {
  const clock = createFakeClock(START + HOUR, { boot: "boot", steady: 5_000 });
  const deadline = recordedDeadline(clock, { setAt: START, endsAt: START + 2 * HOUR, stamp, knownAt: 0 });
  clock.advance(HOUR - 1);
  expect(isOver(clock, deadline)).toBe(false);
  clock.set(-HOUR);
  expect(isOver(clock, deadline)).toBe(false);
  clock.advance(1);
  expect(isOver(clock, deadline)).toBe(true);
});

test("a stamp that begins alike is of another start", () => {
  const clock = createFakeClock(START, { boot: "boot", steady: 5_000 });
  const end = { setAt: START, endsAt: START + HOUR, knownAt: 0 };
  expect(recordedDeadline(clock, { ...end, stamp: "boots 0" }).steady).toBe(5_000 + HOUR);
  expect(recordedDeadline(clock, { ...end, stamp: "boot 0" }).steady).toBe(HOUR);
});

test("this machine counts on for every process", () => {
  const [before, between, after] = [systemClock.steady(), stampNow(systemClock), systemClock.steady()];
  expect(after).toBeGreaterThanOrEqual(before);
  if (process.platform === "linux") expect(between).toMatch(/^[0-9a-f-]{36} \d+$/);
  else expect(between).toBeNull();
});
