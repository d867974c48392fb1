import { expect, test } from "vitest";
import { pageOf, pageUrl, requestedFile } from "./address.ts";

test.each([
  [pageUrl("window"), "window"],
  [pageUrl("popup", "/perm_1"), "popup"],
  ["gatehouse-app://window.evil/index.html", null],
  ["gatehouse-app://other/index.html", null],
  ["https://window/index.html", null],
  ["file:///popup/popup.html", null],
  ["not a url", null],
])("%s belongs to %s", (url, page) => {
  expect(pageOf(url)).toBe(page);
});

test.each([
  ["gatehouse-app://window/index.html", ["index.html"]],
  ["gatehouse-app://popup/assets/index-B3_x.js?v=1#x", ["assets", "index-B3_x.js"]],
  ["gatehouse-app://window/../../settings.json", ["settings.json"]],
  ["gatehouse-app://window/..%2f..%2fsettings.json", null],
  ["gatehouse-app://window/%2e%2e%5csettings.json", null],
  ["gatehouse-app://window/assets/..hidden", null],
  ["gatehouse-app://window/.env", null],
  ["gatehouse-app://window/C:%5cWindows", null],
  ["gatehouse-app://window/a%00.js", null],
  ["gatehouse-app://window/%E0%A4%A", null],
  ["gatehouse-app://window/", null],
  ["gatehouse-app://elsewhere/index.html", null],
])("%s asks for %j", (url, file) => {
  expect(requestedFile(url)).toEqual(file);
});
