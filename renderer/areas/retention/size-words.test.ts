import { expect, test } from "vitest";
import { bytesInWords, growthInWords } from "./size-words.ts";

test("sizes have one digit and the unit that fits", () => {
  expect([0, 999, 1_000, 123_456, 5_100_000, 2_340_000_000, 7e15].map(bytesInWords)).toEqual([
    "0 bytes",
    "999 bytes",
    "1 kB",
    "123.5 kB",
    "5.1 MB",
    "2.3 GB",
    "7,000 TB",
  ]);
});

test("growth says how much since when, and nothing where that is not known", () => {
  const of = (bytes: number, bytesWeekAgo: number | null) =>
    growthInWords({ kind: "sessions", bytes, bytesWeekAgo });
  expect(of(5_000_000, null)).toBeNull();
  expect(of(5_000_000, 4_990_000)).toBe("as much as a week ago");
  expect(of(5_000_000, 2_000_000)).toBe("3 MB more than a week ago");
  expect(of(2_000_000, 5_000_000)).toBe("3 MB less than a week ago");
});
