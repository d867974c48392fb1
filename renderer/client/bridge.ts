import type { Bridge } from "../../preload/contract.ts";

declare global {
  interface Window {
    readonly gatehouse?: Bridge;
  }
}

/** The one way out of the page. */
export function bridge(): Bridge {
  if (window.gatehouse === undefined) throw new Error("This page only works inside Gatehouse.");
  return window.gatehouse;
}
