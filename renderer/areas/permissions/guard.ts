/** When the card came to be as it is: whole on screen, in a focused window, standing still. Null: it is not. */
export interface Presence {
  readonly wholeSince: number | null;
  readonly focusedSince: number | null;
  readonly stillSince: number | null;
}

export const keyDelayMs = 400;
export const clickDelayMs = 250;

const lasted = (since: number | null, ms: number, now: number) => since !== null && now - since >= ms;

/**
 * Whether an act was meant for this card. A key counts only after the card could be read and the window had
 * the focus, so that nothing typed for another window decides; a click only when nothing moved under the pointer.
 */
export function isMeant(act: "key" | "click", presence: Presence, now: number): boolean {
  if (act === "click") return presence.wholeSince !== null && lasted(presence.stillSince, clickDelayMs, now);
  return lasted(presence.wholeSince, keyDelayMs, now) && lasted(presence.focusedSince, keyDelayMs, now);
}
