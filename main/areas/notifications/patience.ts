import type { Decider } from "../../contract/decider.ts";
import type { Urgency } from "../questions/contract.ts";
import type { WaitingItem } from "../waiting/contract.ts";
/** What the popup shows has this long to be answered there before a notification, which may cover it, says it too. */
export const PATIENCE_MS = 20_000;

const ownDoors: ReadonlySet<Decider["kind"]> = new Set(["popup", "window", "tray", "notification"]);

/** Whether the person at this desk answered. */
export const isOwnAnswer = (decidedBy: Decider | null): boolean =>
  decidedBy !== null && ownDoors.has(decidedBy.kind);

/** What its asker calls low waits where one looks for it: neither popup nor notification comes up by itself. */
export const comesUp = (item: WaitingItem): boolean => item.kind !== "question" || item.urgency !== "low";

/**
 * When a request may be told in a notification, if it still waits then. While the popup is up it is seen there, and
 * whoever answers one after the other has not overlooked the rest.
 */
export function tellAt(
  request: Pick<WaitingItem, "askedAt"> & { readonly urgency?: Urgency },
  desk: { readonly isPopupUp: boolean; readonly answeredAt: number },
): number {
  if (request.urgency === "high") return request.askedAt;
  return desk.isPopupUp ? Math.max(request.askedAt, desk.answeredAt) + PATIENCE_MS : request.askedAt;
}
