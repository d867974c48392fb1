import { describe, expect, test } from "vitest";
import { placePopup } from "./placement.ts";

const size = { width: 420, height: 300 };
const bounds = { x: 0, y: 0, width: 1920, height: 1080 };
const barAbove = { bounds, workArea: { x: 0, y: 30, width: 1920, height: 1050 } };
const barBelow = { bounds, workArea: { x: 0, y: 0, width: 1920, height: 1040 } };
const noBar = { bounds, workArea: bounds };
const left = { bounds: { ...bounds, x: -1920 }, workArea: { x: -1920, y: 30, width: 1920, height: 1050 } };

describe("placePopup", () => {
  test.each([
    ["top right under a bar", barAbove, null, { x: 1492, y: 38 }],
    ["bottom right over a bar", barBelow, null, { x: 1492, y: 732 }],
    ["top right without a bar", noBar, null, { x: 1492, y: 8 }],
    ["on the screen left of the main one", left, null, { x: -428, y: 38 }],
    ["under the icon", barAbove, { x: 1000, y: 0, width: 30, height: 30 }, { x: 805, y: 38 }],
    ["over the icon", barBelow, { x: 1000, y: 1040, width: 30, height: 40 }, { x: 805, y: 732 }],
    ["not past the edge", barAbove, { x: 1890, y: 0, width: 30, height: 30 }, { x: 1492, y: 38 }],
    ["when the icon has no size", barAbove, { x: 0, y: 0, width: 0, height: 0 }, { x: 1492, y: 38 }],
    ["when the icon is on no screen", barAbove, { x: 5000, y: 0, width: 30, height: 30 }, { x: 1492, y: 38 }],
  ])("%s", (_, screen, tray, place) => {
    expect(placePopup(size, screen, tray)).toEqual({ ...size, ...place });
  });

  test("never leaves the work area", () => {
    const tiny = {
      bounds: { x: 0, y: 0, width: 400, height: 300 },
      workArea: { x: 0, y: 20, width: 400, height: 280 },
    };
    const tray = { x: 390, y: 0, width: 10, height: 20 };
    for (const icon of [null, tray]) {
      expect(placePopup({ width: 640, height: 4000 }, tiny, icon)).toEqual({
        x: 8,
        y: 28,
        width: 384,
        height: 264,
      });
    }
  });
});
