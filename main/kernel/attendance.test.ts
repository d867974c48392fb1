import { expect, test } from "vitest";
import { createFakeClock } from "../testing/fake-clock.ts";
import { createAttendance } from "./attendance.ts";

function create() {
  const clock = createFakeClock();
  let leftCount = 0;
  const attendance = createAttendance({ clock, patienceMs: 30_000, left: () => (leftCount += 1) });
  return { clock, attendance, left: () => leftCount };
}

test("nobody is gone before being heard of, and then after the patience, once", () => {
  const { clock, attendance, left } = create();
  clock.advance(60_000);
  expect(left()).toBe(0);
  attendance.heard();
  clock.advance(29_000);
  attendance.heard();
  clock.advance(29_999);
  expect(left()).toBe(0);
  clock.advance(1);
  expect(left()).toBe(1);
  clock.advance(600_000);
  attendance.lookAgain();
  expect(left()).toBe(1);
});

test("who listens is there, for as long as it likes, and counts anew afterwards", async () => {
  const { clock, attendance, left } = create();
  const heard = attendance.listen(60_000);
  clock.advance(60_000);
  await heard;
  expect(left()).toBe(0);
  clock.advance(29_999);
  expect(left()).toBe(0);
  clock.advance(1);
  expect(left()).toBe(1);
});

test("two may listen, and one that stops does not take the other along", async () => {
  const { clock, attendance, left } = create();
  const short = attendance.listen(1_000);
  const long = attendance.listen(60_000);
  clock.advance(1_000);
  await short;
  clock.advance(58_000);
  expect(left()).toBe(0);
  clock.advance(1_000);
  await long;
});

test("a process that was held up finds who left before its timers do", () => {
  const { clock, attendance, left } = create();
  attendance.heard();
  clock.suspend(30_001);
  attendance.lookAgain();
  expect(left()).toBe(1);
});

test("at the end whoever listens is told at once, and nobody leaves any more", async () => {
  const { clock, attendance, left } = create();
  const listening = attendance.listen(60_000);
  attendance.end();
  await listening;
  await attendance.listen(60_000);
  attendance.heard();
  clock.advance(600_000);
  expect(left()).toBe(0);
  expect(clock.waiting).toBe(0);
});

test("who has gone listens no more, and is not heard of again when the time of that would have been over", async () => {
  const { clock, attendance, left } = create();
  const leaving: (() => void)[] = [];
  const listening = attendance.listen(60_000, { onLeft: (listener) => leaving.push(listener) });
  clock.advance(1_000);
  for (const leave of leaving) leave();
  await listening;
  clock.advance(29_999);
  for (const leave of leaving) leave();
  expect(left()).toBe(0);
  clock.advance(1);
  expect(left()).toBe(1);
});
