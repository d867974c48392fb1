import { expect, test } from "vitest";
import { randomHex } from "./random-id.ts";

test("gives 32 hex digits, and never the same ones, across refills of its pool", () => {
  const ids = Array.from({ length: 2000 }, randomHex);
  expect(ids.filter((id) => !/^[0-9a-f]{32}$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(2000);
});
