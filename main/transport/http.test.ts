import { expect, test } from "vitest";
import { parseListenAddress } from "./http.ts";

test.each([
  ["127.0.0.1:0", "127.0.0.1", 0],
  ["localhost:65535", "localhost", 65535],
  ["[::1]:8080", "::1", 8080],
  ["0.0.0.0:80", "0.0.0.0", 80],
])("%s is an address", (text, host, port) => {
  expect(parseListenAddress(text)).toEqual({ host, port });
});

test.each([
  "",
  "8080",
  ":8080",
  "127.0.0.1",
  "127.0.0.1:",
  "127.0.0.1:65536",
  "127.0.0.1:-1",
  "::1:80",
  "a b:1",
  "h:1 ",
])("%j is not", (text) => {
  expect(() => parseListenAddress(text)).toThrow(/--listen takes host:port/);
});
