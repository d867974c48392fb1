import { describe, expect, it } from "vitest";
import { retryDelayMs, retryHintMs } from "./retry.ts";

describe("retryDelayMs", () => {
  it.each([
    [1, null, 2_000],
    [2, null, 4_000],
    [3, null, 8_000],
    [5, null, 30_000],
    [1, 7_000, 7_000],
    [1, 500, 2_000],
    [1, 3_600_000, 30_000],
    [1, Number.NaN, 2_000],
    [1, -5, 2_000],
  ])("after attempt %i with hint %s waits %i ms", (attempt, hint, expected) => {
    expect(retryDelayMs(attempt, hint)).toBe(expected);
  });
});

describe("retryHintMs", () => {
  it.each([
    ["retry after 7s", 7_000],
    ["Please try again in 1.5s.", 1_500],
    ["retry after 350ms", 350],
    ['{"retryDelay": "12s"}', 12_000],
    ["Retry-After: 7", 7_000],
    ["retry in 3 seconds", 3_000],
    ["try again in 2m30s", 120_000],
    ["retry after 40 milliseconds", 40],
    ["retry after a while", null],
    ["7s", null],
  ])("reads %j as %s", (text, expected) => {
    expect(retryHintMs(text)).toBe(expected);
  });
});
