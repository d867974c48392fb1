import type { WebContents } from "electron";
import { zoomLevels, type RememberedStore } from "../remembered.ts";

export type ZoomStep = "larger" | "smaller" | "actual";

export function zoomAfter(level: number, step: ZoomStep): number {
  if (step === "actual") return 0;
  return Math.min(zoomLevels.largest, Math.max(zoomLevels.smallest, level + (step === "larger" ? 1 : -1)));
}

/** A page is as large as it was last time. Each page has a host of its own, so the popup keeps its size. */
export function zoomAsRemembered(contents: WebContents, remembered: RememberedStore): void {
  contents.on("dom-ready", () => contents.setZoomLevel(remembered.read().zoomLevel));
}

export function zoom(contents: WebContents, remembered: RememberedStore, step: ZoomStep): void {
  const zoomLevel = zoomAfter(remembered.read().zoomLevel, step);
  contents.setZoomLevel(zoomLevel);
  remembered.change({ zoomLevel });
}
