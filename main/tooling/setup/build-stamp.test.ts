import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { sourceFingerprint } from "./build-stamp.mjs";

let base: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "gatehouse-stamp-"));
  mkdirSync(join(base, "main/areas"), { recursive: true });
  writeFileSync(join(base, "main/areas/rule.ts"), "one");
});
afterEach(() => rmSync(base, { recursive: true }));

it("stays the same while nothing is touched", () => {
  expect(sourceFingerprint(base)).toBe(sourceFingerprint(base));
});

it.each([
  ["a source is added", () => writeFileSync(join(base, "main/new.ts"), "")],
  ["a source is removed", () => rmSync(join(base, "main/areas/rule.ts"))],
  ["a source is written", () => utimesSync(join(base, "main/areas/rule.ts"), 1, 1)],
  ["the dependencies change", () => writeFileSync(join(base, "package-lock.json"), "{}")],
])("changes when %s", (_what, change) => {
  const before = sourceFingerprint(base);
  change();
  expect(sourceFingerprint(base)).not.toBe(before);
});

it.each(["main/areas/rule.test.ts", "main/areas/README.md", "notes.txt"])("does not care for %s", (path) => {
  const before = sourceFingerprint(base);
  writeFileSync(join(base, path), "");
  expect(sourceFingerprint(base)).toBe(before);
});
