import type { WaitingItem } from "../../main/areas/waiting/contract.ts";

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
