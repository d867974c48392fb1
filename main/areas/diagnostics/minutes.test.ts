import { expect, test } from "vitest";
import { createFakeClock } from "../../testing/fake-clock.ts";
import { createMinutes } from "./minutes.ts";

const MINUTE = 60_000;

test("counts by minute, fills quiet minutes, and keeps an hour", () => {
  const clock = createFakeClock();
  const minutes = createMinutes(clock);
  minutes.runStarted();
  minutes.requestServed();
  clock.advance(2 * MINUTE);
  minutes.runEnded();
  const list = minutes.list();
  expect(list.map(({ runsStarted, runsEnded, requests }) => [runsStarted, runsEnded, requests])).toEqual([
    [1, 0, 1],
    [0, 0, 0],
    [0, 1, 0],
  ]);
  expect((list[1]?.at ?? 0) - (list[0]?.at ?? 0)).toBe(MINUTE);
  clock.advance(58 * MINUTE);
  expect(minutes.list()).toHaveLength(60);
  expect(minutes.list().at(-1)?.at).toBe(clock.now());
  clock.advance(24 * 60 * MINUTE);
  expect(minutes.list()).toEqual([expect.objectContaining({ runsStarted: 0, requests: 0 })]);
});

test("a request that waits is seen in every minute it waits through", () => {
  const clock = createFakeClock();
  const minutes = createMinutes(clock);
  minutes.asked();
  minutes.asked();
  minutes.settled();
  clock.advance(2 * MINUTE);
  minutes.settled();
  clock.advance(MINUTE);
  expect(minutes.list().map(({ pendingMost }) => pendingMost)).toEqual([2, 1, 1, 0]);
});

test("medians, also over more values than are kept, and none without values", () => {
  const clock = createFakeClock();
  const minutes = createMinutes(clock);
  for (const ms of [5, 1, 100, 3]) minutes.answered(ms);
  for (let i = 0; i < 50_000; i += 1) minutes.toolEnded(i);
  const [first] = minutes.list();
  expect(first?.answerMs).toBe(4);
  expect(first?.toolMs).toBeGreaterThan(15_000);
  expect(first?.toolMs).toBeLessThan(35_000);
  clock.advance(MINUTE);
  expect(minutes.list().at(-1)).toMatchObject({ answerMs: null, toolMs: null });
});

test("a clock that is set back does not lose or invent minutes", () => {
  const clock = createFakeClock();
  const minutes = createMinutes(clock);
  minutes.runStarted();
  clock.set(-10 * MINUTE);
  minutes.runStarted();
  expect(minutes.list().map(({ runsStarted }) => runsStarted)).toEqual([2]);
});
