import type { WebContents } from "electron";
import type { RememberedStore } from "../remembered.ts";

/** Chromium's steps: each is a fifth larger than the one before; 0 is the size as designed. */
const SMALLEST = -3;
const LARGEST = 5;

export type ZoomStep = "larger" | "smaller" | "actual";

export function zoomAfter(level: number, step: ZoomStep): number {
  if (step === "actual") return 0;
  return Math.min(LARGEST, Math.max(SMALLEST, level + (step === "larger" ? 1 : -1)));
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
