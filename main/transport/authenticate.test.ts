import { expect, test } from "vitest";
import { bearerToken } from "./authenticate.ts";

test.each([
  ["Bearer token", "token"],
  ["bearer token", null],
  ["Bearer  token", " token"],
  ["Bearer token ", "token "],
  ["Token token", null],
  ["Bearer ", null],
  ["token", null],
  ["", null],
  [undefined, null],
])("%j carries %j", (header, token) => {
  expect(bearerToken(header)).toBe(token);
});
