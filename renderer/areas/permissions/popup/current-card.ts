import type { PermissionSummary } from "../../../../main/areas/permissions/contract.ts";
import type { Pending } from "../pending-store.ts";

export interface Queue extends Pending {
  /** What the person, or the click on a notification, wants to see. */
  readonly wanted: string | null;
  /** Settled cards that have said so and are gone. */
  readonly gone: ReadonlySet<string>;
}

/** A card answered here needs no farewell; one settled elsewhere says so before it leaves. */
const saysGoodbye = (request: PermissionSummary) => request.decidedBy?.kind !== "popup";

/** The card on screen: the wanted one while it waits or says goodbye, else the one that waits longest. */
export function currentCard({ waiting, settled, wanted, gone }: Queue): PermissionSummary | null {
  const stillWaiting = waiting.find(({ id }) => id === wanted);
  if (stillWaiting !== undefined) return stillWaiting;
  const leaving = settled.find(({ id }) => id === wanted && !gone.has(id));
  if (leaving !== undefined && saysGoodbye(leaving)) return leaving;
  return waiting[0] ?? null;
}

/** The neighbour in the queue, round the corner at its ends. */
export function neighbour(
  waiting: readonly PermissionSummary[],
  current: PermissionSummary | null,
  step: 1 | -1,
): PermissionSummary | null {
  if (waiting.length === 0) return null;
  const index = waiting.findIndex(({ id }) => id === current?.id);
  if (index === -1) return waiting[0] ?? null;
  return waiting[(index + step + waiting.length) % waiting.length] ?? null;
}
