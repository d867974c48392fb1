import { expect, test } from "vitest";
import * as z from "zod";
import { defineArea, type Page } from "../../contract/define.ts";
import { fail } from "../../contract/fail.ts";
import type { PageEvent } from "../../../preload/contract.ts";
import { createFollowings } from "./followings.ts";

const stream = {
  summary: "",
  scope: "follow",
  position: "after",
  frame: z.object({ n: z.int() }),
  input: z.object({ tap: z.string(), after: z.int().min(0).default(0) }),
} as const;
const water = defineArea({
  name: "water",
  endpoints: {},
  events: {},
  streams: {
    drops: { ...stream, path: "/water/:tap", pages: ["window"] },
    rain: { ...stream, path: "/rain/:tap" },
  },
  errors: { dry: 404 },
});

function setUp(page: Page = "window") {
  const happened: string[] = [];
  const taps = new Map<string, (n: number) => boolean>();
  const sent: PageEvent[] = [];
  const errors: string[] = [];
  const drops = (
    { tap, after }: { tap: string; after: number },
    follower: { push(frame: unknown, position: string): boolean },
    { door }: { door: string },
  ) => {
    if (tap === "dry") throw fail(water, "dry", "Nothing comes.");
    if (tap === "broken") throw new TypeError("bug");
    happened.push(`${door} follows ${tap} from ${after}`);
    taps.set(tap, (n) => follower.push({ n }, String(n)));
    return { resume: () => {}, stop: () => void happened.push(`left ${tap}`) };
  };
  const log = { info: () => {}, warn: () => {}, error: (_: object, text: string) => void errors.push(text) };
  const followings = createFollowings(
    page,
    { areas: [water], streams: { water: { drops, rain: drops } }, log },
    (event) => sent.push(event),
  );
  return { followings, taps, sent, errors, take: () => happened.splice(0) };
}

test("a page follows what it may, as that page, until it leaves or goes", () => {
  const { followings, taps, sent, take } = setUp();
  followings.follow(1, "water", "drops", { tap: "a" });
  followings.follow(2, "water", "drops", { tap: "b", after: 5 });
  expect(take()).toEqual(["window follows a from 0", "window follows b from 5"]);
  expect(taps.get("b")?.(6)).toBe(true);
  expect(sent).toEqual([{ type: "water.drops", seq: 0, payload: { n: 6 }, following: 2 }]);
  followings.leave(1);
  followings.leave(1);
  followings.stop();
  expect(take()).toEqual(["left a", "left b"]);
});

test("what is followed under a key stays, and there is a limit", () => {
  const { followings, take } = setUp();
  for (let key = 0; key < 40; key += 1) followings.follow(key, "water", "drops", { tap: "a" });
  expect(take()).toHaveLength(32);
  followings.follow(1, "water", "drops", { tap: "b" });
  expect(take()).toEqual([]);
  followings.leave(1);
  followings.follow(1, "water", "drops", { tap: "b" });
  expect(take()).toEqual(["left a", "window follows b from 0"]);
});

test.each([
  ["a stream of no page", "window", [1, "water", "rain", { tap: "a" }]],
  ["a stream of another page", "popup", [1, "water", "drops", { tap: "a" }]],
  ["an unknown stream", "window", [1, "water", "snow", { tap: "a" }]],
  ["an unknown area", "window", [1, "fire", "drops", { tap: "a" }]],
  ["what every object has", "window", [1, "water", "constructor", { tap: "a" }]],
  ["no names at all", "window", [1, { water: 1 }, undefined, { tap: "a" }]],
  ["no key", "window", ["1", "water", "drops", { tap: "a" }]],
  ["bad input", "window", [1, "water", "drops", { tap: "a", after: -1 }]],
  ["no input", "window", [1, "water", "drops", null]],
  [
    "more than a page of ours would send",
    "window",
    [1, "water", "drops", { tap: "a", more: Array.from({ length: 20_000 }, () => ({})) }],
  ],
  ["what is not there", "window", [1, "water", "drops", { tap: "dry" }]],
] as const)("%s is not followed", (_what, page, [key, area, name, input]) => {
  const { followings, errors, take } = setUp(page);
  followings.follow(key, area, name, input);
  expect(take()).toEqual([]);
  expect(errors).toEqual([]);
});

test("a fault of ours is logged and does not reach the page", () => {
  const { followings, errors, sent } = setUp();
  followings.follow(1, "water", "drops", { tap: "broken" });
  expect(errors).toEqual(["a page can't follow a stream"]);
  expect(sent).toEqual([]);
});
