import { expect, test } from "vitest";
import { openableLink } from "./openable-link.ts";

test.each([
  "http://example.org/",
  "https://bank.example@evil.example/",
  "https://user:secret@example.org/",
  "file:///etc/passwd",
  "javascript:alert(1)",
  "gatehouse-app://window/index.html",
  "vscode://file/etc/passwd",
  "https://",
  "",
])("%s is not opened", (url) => {
  expect(openableLink(url)).toBeNull();
});

test("a name that looks like another is shown as what it is", () => {
  expect(openableLink("https://еxample.org/a b")?.href).toBe("https://xn--xample-2of.org/a%20b");
});
