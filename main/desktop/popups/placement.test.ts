import { describe, expect, test } from "vitest";
import { placePopup } from "./placement.ts";

const size = { width: 420, height: 300 };
const bounds = { x: 0, y: 0, width: 1920, height: 1080 };
const barAbove = { bounds, workArea: { x: 0, y: 30, width: 1920, height: 1050 } };
const barBelow = { bounds, workArea: { x: 0, y: 0, width: 1920, height: 1040 } };
const noBar = { bounds, workArea: bounds };
const left = { bounds: { ...bounds, x: -1920 }, workArea: { x: -1920, y: 30, width: 1920, height: 1050 } };

const at = (x: number, y: number, width = 30) => ({ x, y, width, height: width });

describe("placePopup", () => {
  test.each([
    ["top right under a bar", barAbove, null, "beside_bar", { x: 1492, y: 38 }],
    ["bottom right over a bar", barBelow, null, "beside_bar", { x: 1492, y: 732 }],
    ["bottom right, away from a bar above", barAbove, null, "away_from_bar", { x: 1492, y: 772 }],
    ["top right, away from a bar below", barBelow, null, "away_from_bar", { x: 1492, y: 8 }],
    ["bottom right without a bar", noBar, null, "away_from_bar", { x: 1492, y: 772 }],
    ["on the screen left of the main one", left, null, "beside_bar", { x: -428, y: 38 }],
    ["under the icon", barAbove, at(1000, 0), "away_from_bar", { x: 805, y: 38 }],
    ["over the icon", barBelow, at(1000, 1045), "away_from_bar", { x: 805, y: 732 }],
    ["not past the edge", barAbove, at(1890, 0), "away_from_bar", { x: 1492, y: 38 }],
    ["when the icon has no size", barAbove, at(0, 0, 0), "beside_bar", { x: 1492, y: 38 }],
    ["when the icon is on no screen", barAbove, at(5000, 0), "beside_bar", { x: 1492, y: 38 }],
  ] as const)("%s", (_, screen, tray, unknown, place) => {
    expect(placePopup(size, screen, tray, unknown)).toEqual({ ...size, ...place });
  });

  test("never leaves the work area", () => {
    const tiny = {
      bounds: { x: 0, y: 0, width: 400, height: 300 },
      workArea: { x: 0, y: 20, width: 400, height: 280 },
    };
    for (const icon of [null, at(390, 0, 10)]) {
      const place = placePopup({ width: 640, height: 4000 }, tiny, icon, "away_from_bar");
      expect(place).toEqual({ x: 8, y: 28, width: 384, height: 264 });
    }
  });
});
