import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startHeadlessDaemon, type HeadlessDaemon } from "../testing/headless-daemon.ts";
import { commandLine } from "./testing/command-line.ts";

let daemon: HeadlessDaemon;

beforeAll(async () => {
  daemon = await startHeadlessDaemon();
}, 20_000);

afterAll(() => daemon.remove());

const cli = commandLine(() => daemon);

test("what is kept is listed, exported, forgotten and imported again", async () => {
  expect(await cli("memories")).toMatchObject({ code: 0, out: "Nothing is kept.\n" });
  const added = await cli("memories", "add", "Use tabs.", "--tags", "style,py", "--pinned");
  expect(added).toMatchObject({ code: 0 });
  const [, short = ""] = /^Kept as ([0-9a-f]{8}): Use tabs\.\n$/.exec(added.out) ?? [];
  expect((await cli("memories", "add", "Two\nlines")).code).toBe(0);
  const { out } = await cli("memories", "list");
  expect(out).toMatch(/^ID\s+KEPT\s+TAGS\s+MEMORY\n/);
  expect(out).toContain(short);
  expect(out).toContain("pinned");
  expect(out).toContain("style, py");
  expect(out).toContain("Two\\nlines");
  expect((await cli("memories", "--search", "tab")).out).not.toContain("Two");

  const file = join(daemon.home, "out.json");
  expect((await cli("memories", "export", file)).code).toBe(0);
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ kind: "peggy.memories", version: 1 });
  expect((await cli("memories", "export", "--markdown")).out).toContain("> Use tabs.");
  expect(await cli("memories", "forget", short)).toMatchObject({ code: 0, out: "Forgotten: Use tabs.\n" });
  expect((await cli("memories", "forget", short)).code).toBe(4);
  expect((await cli("memories", "import", file, "--preview")).out).toContain("Would import 0 memories.");
  const renamed = readFileSync(file, "utf8").replaceAll("mem_", "mem_9");
  writeFileSync(file, renamed);
  expect((await cli("memories", "import", file)).out).toBe("Imported 1 memory.\n1 memory there already.\n");
});

test("a secret is kept only when that is meant", async () => {
  const refused = await cli("memories", "add", "PIN: 4711");
  expect(refused.code).not.toBe(0);
  expect(refused.err).toContain("This looks like a password.");
  expect((await cli("memories", "add", "PIN: 4711", "--secret")).code).toBe(0);
});

test.each([
  ["memories", "add"],
  ["memories", "forget"],
  ["memories", "import"],
  ["memories", "import", "/nowhere/at/all"],
  ["memories", "list", "--limit", "0"],
])("%s %s %s %s is wrong usage", async (...args) => {
  expect((await cli(...args.filter((word) => word !== undefined))).code).toBe(2);
});
