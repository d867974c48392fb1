import type { WaitingItem } from "../../main/areas/waiting/contract.ts";
import type { WaitingList } from "../areas/waiting-kind.ts";

export interface Queue extends WaitingList<WaitingItem> {
  /** What the person, or the click on a notification, wants to see. */
  readonly wanted: string | null;
  /** Settled cards that have said so and are gone. */
  readonly gone: ReadonlySet<string>;
}

/**
 * The card on screen: the wanted one while it waits, else the one that waits longest. One settled elsewhere first says
 * so; one answered here does not have to.
 */
export function currentCard(
  { waiting, settled, wanted, gone }: Queue,
  isAnsweredHere: (item: WaitingItem) => boolean,
): WaitingItem | null {
  const stillWaiting = waiting.find(({ id }) => id === wanted);
  if (stillWaiting !== undefined) return stillWaiting;
  const leaving = settled.find(({ id }) => id === wanted && !gone.has(id));
  if (leaving !== undefined && !isAnsweredHere(leaving)) return leaving;
  return waiting[0] ?? null;
}

/** The neighbour in the queue, round the corner at its ends. */
export function neighbour(
  waiting: readonly WaitingItem[],
  current: WaitingItem | null,
  step: 1 | -1,
): WaitingItem | null {
  if (waiting.length === 0) return null;
  const index = waiting.findIndex(({ id }) => id === current?.id);
  if (index === -1) return waiting[0] ?? null;
  return waiting[(index + step + waiting.length) % waiting.length] ?? null;
}
