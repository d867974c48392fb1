import type { Rectangle } from "../popups/placement.ts";
import type { Placement } from "../remembered.ts";

export const MIN_WIDTH = 760;
export const MIN_HEIGHT = 480;
const FIRST_WIDTH = 1120;
const FIRST_HEIGHT = 740;
/** So much of the title bar must be reachable, or nobody can drag the window back. */
const REACHABLE = 80;

export type WindowBounds = { readonly width: number; readonly height: number } & (
  { readonly x: number; readonly y: number } | { readonly x?: never; readonly y?: never }
);

const isReachable = ({ x, y, width }: Placement, area: Rectangle) =>
  x + width - REACHABLE >= area.x &&
  x + REACHABLE <= area.x + area.width &&
  y >= area.y &&
  y + REACHABLE <= area.y + area.height;

/** Where the window was, or in the middle of the first screen if that place is gone. */
export function windowBounds(remembered: Placement | null, workAreas: readonly Rectangle[]): WindowBounds {
  const home = remembered === null ? undefined : workAreas.find((area) => isReachable(remembered, area));
  const area = home ?? workAreas[0] ?? { x: 0, y: 0, width: FIRST_WIDTH, height: FIRST_HEIGHT };
  const fit = (wanted: number, least: number, most: number) =>
    Math.max(Math.min(wanted, most), Math.min(least, most));
  const width = fit(remembered?.width ?? FIRST_WIDTH, MIN_WIDTH, area.width);
  const height = fit(remembered?.height ?? FIRST_HEIGHT, MIN_HEIGHT, area.height);
  if (remembered === null || home === undefined) return { width, height };
  return { x: remembered.x, y: remembered.y, width, height };
}
