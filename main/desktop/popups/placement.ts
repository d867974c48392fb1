export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Screen {
  readonly bounds: Rectangle;
  /** Without bars and docks. */
  readonly workArea: Rectangle;
}

const MARGIN = 8;

const within = (value: number, low: number, high: number) =>
  Math.max(low, Math.min(value, Math.max(low, high)));
const centreX = ({ x, width }: Rectangle) => x + width / 2;
const centreY = ({ y, height }: Rectangle) => y + height / 2;

/** Some desktops tell no place for tray icons: all zeros, or a point outside every screen. */
export function isKnown(tray: Rectangle | null, screen: Screen): tray is Rectangle {
  if (tray === null || tray.width === 0 || tray.height === 0) return false;
  const { x, y, width, height } = screen.bounds;
  const isAcross = centreX(tray) >= x && centreX(tray) <= x + width;
  return isAcross && centreY(tray) >= y && centreY(tray) <= y + height;
}

/** Where a popup goes when nobody knows the place of the tray. */
export type UnknownTray = "beside_bar" | "away_from_bar";

/**
 * Desktops show notices in the corner of their bar, on top of everything: a popup there would have its buttons covered.
 * GNOME shows them in the middle.
 */
export function placeForUnknownTray(desktopName: string | undefined): UnknownTray {
  return /\bgnome\b/i.test(desktopName ?? "") ? "beside_bar" : "away_from_bar";
}

/**
 * Beside the tray icon where its place is known, else in a corner on the right.
 *
 * Contract: the result lies whole in the work area, however much is asked for.
 */
export function placePopup(
  wanted: { readonly width: number; readonly height: number },
  screen: Screen,
  tray: Rectangle | null,
  unknown: UnknownTray,
): Rectangle {
  const area = screen.workArea;
  const width = Math.min(wanted.width, area.width - 2 * MARGIN);
  const height = Math.min(wanted.height, area.height - 2 * MARGIN);
  const right = area.x + area.width - MARGIN - width;
  const bottom = area.y + area.height - MARGIN - height;
  const top = area.y + MARGIN;
  if (!isKnown(tray, screen)) {
    const barBelow = screen.bounds.y + screen.bounds.height - (area.y + area.height);
    const isBarBelow = barBelow > area.y - screen.bounds.y;
    return { x: right, y: isBarBelow === (unknown === "beside_bar") ? bottom : top, width, height };
  }
  const isLow = centreY(tray) > centreY(screen.bounds);
  return {
    x: Math.round(within(centreX(tray) - width / 2, area.x + MARGIN, right)),
    y: Math.round(isLow ? bottom : top),
    width,
    height,
  };
}
