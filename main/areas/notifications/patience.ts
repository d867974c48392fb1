import type { Decider } from "../../contract/decider.ts";
import type { Urgency } from "../questions/contract.ts";
import type { WaitingItem } from "../waiting/contract.ts";

/** What the popup shows, or a page of ours that is in front, has this long to be answered there before a notification, which may cover it, says it too. */
export const PATIENCE_MS = 20_000;

const ownDoors: ReadonlySet<Decider["kind"]> = new Set(["popup", "window", "tray", "notification"]);

/** Whether the person at this desk answered. */
export const isOwnAnswer = (decidedBy: Decider | null): boolean =>
  decidedBy !== null && ownDoors.has(decidedBy.kind);

/** What its asker calls low waits where one looks for it: neither popup nor notification comes up by itself. */
export const comesUp = (item: WaitingItem): boolean => item.kind !== "question" || item.urgency !== "low";

/**
 * When a request may be told in a notification, if it still waits then. While the popup is up, or a page of ours is in
 * front, it is seen there, unless nobody sits before it; and whoever answers one after the other has not overlooked
 * the rest.
 */
export function tellAt(
  request: Pick<WaitingItem, "askedAt"> & { readonly urgency?: Urgency },
  desk: { readonly isPopupUp: boolean; readonly isInFront: boolean; readonly answeredAt: number },
): number {
  const isSeen = desk.isInFront || (desk.isPopupUp && request.urgency !== "high");
  return isSeen ? Math.max(request.askedAt, desk.answeredAt) + PATIENCE_MS : request.askedAt;
}
