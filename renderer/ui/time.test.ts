import { describe, expect, test } from "vitest";
import { daySpan, countdown, dayHeading, duration, relativeTime } from "./time.ts";

const now = new Date(2026, 2, 3, 14, 30).getTime();
const minute = 60_000;
const hour = 60 * minute;

describe("relativeTime", () => {
  test.each([
    [now, "now"],
    [now - 59_999, "now"],
    [now - minute, "1 min ago"],
    [now - 59.9 * minute, "59 min ago"],
    [now - 5 * hour, "5 h ago"],
    [now - 14 * hour, "14 h ago"],
    [now - 15 * hour, "yesterday"],
    [now + 20 * minute, "in 20 min"],
  ])("%d reads %s", (at, words) => {
    expect(relativeTime(at, now)).toBe(words);
  });
});

test("days have names as people use them", () => {
  expect(dayHeading(now - hour, now)).toBe("Today");
  expect(dayHeading(now - 20 * hour, now)).toBe("Yesterday");
});

test.each([
  [0, "0 ms"],
  [999.4, "999 ms"],
  [3_290, "3.2 s"],
  [61_000, "1 min 1 s"],
  [2 * hour, "2 h"],
  [26 * hour, "1 d 2 h"],
])("%d ms lasts %s", (ms, words) => {
  expect(duration(ms)).toBe(words);
});

test.each([
  [-5, "0:00"],
  [1, "0:01"],
  [9 * minute + 41_000, "9:41"],
  [hour + 62_000, "1:01:02"],
])("%d ms leave %s", (ms, words) => {
  expect(countdown(ms)).toBe(words);
});

test("a day is named as a date field does, and is as long as it is here", () => {
  const span = daySpan("2026-03-29");
  expect(span?.from).toBe(new Date(2026, 2, 29).getTime());
  expect(span?.to).toBe(new Date(2026, 2, 30).getTime());
  expect(daySpan("")).toBeNull();
  expect(daySpan("2026-x-1")).toBeNull();
});
