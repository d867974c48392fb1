import type { Decider } from "../../../main/contract/decider.ts";
import { sameActMs, type LastAct, type Point } from "./guard.ts";

let last: LastAct | null = null;

/** What the person did last at the gate, in whichever card of this page. */
export const lastAct = (): LastAct | null => last;

export function noteAct(point: Point | null): void {
  last = { at: performance.now(), point };
}

const ownDoors: ReadonlySet<Decider["kind"]> = new Set(["popup", "window", "tray", "notification"]);

/**
 * An answer the person gave, maybe in another window: its second click would fall on what lay below. Heard of a moment
 * after the click that gave it here, which says more.
 */
export function noteAnswer(decidedBy: Decider | null): void {
  if (decidedBy === null || !ownDoors.has(decidedBy.kind)) return;
  if (last === null || performance.now() - last.at >= sameActMs) noteAct(null);
}
