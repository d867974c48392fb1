/** When the card came to be as it is: whole on screen, in a focused window. Null: it is not. */
export interface Presence {
  readonly wholeSince: number | null;
  readonly focusedSince: number | null;
  /** When something was last pressed on it that did not count. */
  readonly refusedAt: number | null;
}

/** A place on the screen. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What the person did last at the gate, and where, if it was a click in this page. */
export interface LastAct {
  readonly at: number;
  readonly point: Point | null;
}

export type Act =
  | { readonly by: "key" }
  /** `stoodSince`: since when the button has been this one, at this place. Null: it has not been seen there before. */
  | { readonly by: "click"; readonly point: Point; readonly stoodSince: number | null };

export const keyDelayMs = 400;
/** As long as browsers protect their own questions: nobody sees, decides and presses sooner. */
export const clickDelayMs = 500;
/** A second click or key so soon after the last act belongs to it. */
export const sameActMs = 1_000;
/** Unless the pointer was taken to another place meanwhile. A hand that only trembles stays below. */
export const otherPlacePx = 48;
/** Whoever presses on and on was at it before the card came: nothing counts until they have stopped for as long. */
export const pauseMs = 500;

const lasted = (since: number | null, ms: number, now: number) => since !== null && now - since >= ms;

const isElsewhere = (act: Act, last: LastAct) =>
  act.by === "click" &&
  last.point !== null &&
  Math.hypot(act.point.x - last.point.x, act.point.y - last.point.y) >= otherPlacePx;

/**
 * Whether an act was meant for this card. A key counts only after the card could be read and the window had
 * the focus, so that nothing typed for another window decides; a click only when the very button has stood under the
 * pointer for long enough. Neither counts while it may still belong to the act before, or to a row of presses that
 * began too early.
 */
export function isMeant(act: Act, presence: Presence, last: LastAct | null, now: number): boolean {
  if (last !== null && now - last.at < sameActMs && !isElsewhere(act, last)) return false;
  if (presence.refusedAt !== null && now - presence.refusedAt < pauseMs) return false;
  if (act.by === "click") return presence.wholeSince !== null && lasted(act.stoodSince, clickDelayMs, now);
  return lasted(presence.wholeSince, keyDelayMs, now) && lasted(presence.focusedSince, keyDelayMs, now);
}
