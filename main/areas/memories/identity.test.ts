import { expect, test } from "vitest";
import { likenessOf, memoryId, nanoseconds } from "./identity.ts";

test.each([
  [1_700_000_000_123_456_789n, "c7de7909"],
  [1_700_000_000_000_000_000n, "198a08bf"],
  [1_700_000_000_500_000_000n, "41bc2da8"],
])("an id is made of the time and the words: %s", (ns, hex) => {
  expect(memoryId(ns, "hi")).toBe(`mem_${ns}_${hex}`);
});

test("milliseconds are nanoseconds", () => {
  expect(nanoseconds(1_700_000_000_500)).toBe(1_700_000_000_500_000_000n);
});

test("contents are alike but for case and white space", () => {
  expect(likenessOf(" Use\n Tabs ")).toBe(likenessOf("use tabs"));
  expect(likenessOf("use tabs")).not.toBe(likenessOf("usetabs"));
});
