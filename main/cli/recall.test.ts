import { afterAll, beforeAll, expect, test } from "vitest";
import type { RecallAnswer } from "../areas/recall/contract.ts";
import { startHeadlessDaemon, type HeadlessDaemon } from "../testing/headless-daemon.ts";
import { commandLine } from "./testing/command-line.ts";

let daemon: HeadlessDaemon;

beforeAll(async () => {
  daemon = await startHeadlessDaemon();
  await cli("run", "the lantern hangs beside the green door", "--session", "garden");
  await cli("run", "a lantern for the cellar", "--session", "cellar");
}, 20_000);

afterAll(() => daemon.remove());

const cli = commandLine(() => daemon);

const json = async (...args: string[]) =>
  JSON.parse((await cli("recall", ...args, "--json")).out) as RecallAnswer;

test("what was said is found, with its place", async () => {
  const { code, out } = await cli("recall", "lantern", "cellar", "--role", "user");
  expect(code).toBe(0);
  expect(out).toMatch(/^a lantern for the cellar\n {2}user, cellar #0, \d+ s ago\n$/);
});

test("filters narrow it, and a page goes on after the one before", async () => {
  expect((await json("lantern", "--session", "garden")).hits.map(({ sessionId }) => sessionId)).toEqual([
    "garden",
    "garden",
  ]);
  expect((await json("lantern", "--until", "2001-01-01")).hits).toEqual([]);
  expect((await json("lantern", "--memories")).hits).toEqual([]);
  const first = await json("lantern", "--limit", "3");
  const second = await json("lantern", "--limit", "3", "--after", first.next ?? "");
  expect([first.hits.length, second.hits.length, second.next]).toEqual([3, 1, null]);
});

test("what is misspelt is said, and nothing is said to be nothing", async () => {
  const misspelt = await cli("recall", "lantren", "--role", "user");
  expect(misspelt.out).toContain("lantern");
  expect(misspelt.err).toBe("Nothing matches as asked. These match: lantern\n");
  expect(await cli("recall", "zzzzqqqq")).toMatchObject({ code: 0, out: "Nothing was found.\n" });
});

test.each([
  [["recall"], "Say what to look for"],
  [["recall", "x", "--since", "soon"], "--since takes a day"],
  [["recall", "x", "--role", "king"], "role"],
  [["recall", "x", "--limit", "many"], "limit"],
])("%j is wrong usage", async (args, words) => {
  const { code, err } = await cli(...args);
  expect(code).toBe(2);
  expect(err).toContain(words);
});
