import { expect, test } from "vitest";
import { createBearerCheck } from "./authenticate.ts";

test.each([
  ["Bearer token", true],
  ["bearer token", false],
  ["Bearer  token", false],
  ["Bearer token ", false],
  ["Token token", false],
  ["Bearer tokens", false],
  ["Bearer toke", false],
  ["Bearer ", false],
  ["token", false],
  ["", false],
  [undefined, false],
])("%j passes: %s", (header, passes) => {
  expect(createBearerCheck("token")(header)).toBe(passes);
});
