import { expect, test } from "vitest";
import { headerText, readHeadersAsUtf8 } from "./header-text.ts";

/** As Node reads what came on the wire. */
const read = (bytes: Buffer) => {
  const headers = { "x-name": bytes.toString("latin1") };
  readHeadersAsUtf8(headers);
  return headers["x-name"];
};

test.each(["plain", "", "cli:jörg", "tökén", "✓ 日本語 🙂"])("%j arrives as it was meant", (text) => {
  expect(read(Buffer.from(text, "utf8"))).toBe(text);
  expect(read(Buffer.from(headerText(text), "latin1"))).toBe(text);
});

test("bytes that are no UTF-8 equal no name", () => {
  expect(read(Buffer.from("cli:jörg", "latin1"))).toBe("cli:j\ufffdrg");
});

test("every value of a header that came several times is read", () => {
  const headers = { "set-cookie": ["plain", headerText("jörg")] };
  readHeadersAsUtf8(headers);
  expect(headers["set-cookie"]).toEqual(["plain", "jörg"]);
});
