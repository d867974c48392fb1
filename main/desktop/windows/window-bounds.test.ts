import { expect, test } from "vitest";
import { windowBounds } from "./window-bounds.ts";

const screen = { x: 0, y: 0, width: 1920, height: 1040 };
const second = { x: 1920, y: 0, width: 1280, height: 1000 };
const at = (x: number, y: number, width = 1000, height = 700) => ({
  x,
  y,
  width,
  height,
  isMaximized: false,
});

test.each([
  ["a first start is centred", null, [screen], { width: 1120, height: 740 }],
  ["where it was", at(100, 50), [screen], { x: 100, y: 50, width: 1000, height: 700 }],
  ["on the second screen", at(2000, 50), [screen, second], { x: 2000, y: 50, width: 1000, height: 700 }],
  ["the second screen is gone", at(2000, 50), [screen], { width: 1000, height: 700 }],
  ["mostly outside is still reachable", at(-900, 0), [screen], { x: -900, y: 0, width: 1000, height: 700 }],
  ["the title bar is above the screen", at(100, -30), [screen], { width: 1000, height: 700 }],
  ["larger than the screen", at(0, 0, 4000, 3000), [screen], { x: 0, y: 0, width: 1920, height: 1040 }],
  ["smaller than useful", at(0, 0, 200, 100), [screen], { x: 0, y: 0, width: 760, height: 480 }],
  [
    "a screen smaller than useful",
    at(0, 0),
    [{ x: 0, y: 0, width: 640, height: 400 }],
    { x: 0, y: 0, width: 640, height: 400 },
  ],
] as const)("%s", (_, remembered, areas, expected) => {
  expect(windowBounds(remembered, areas)).toEqual(expected);
});
