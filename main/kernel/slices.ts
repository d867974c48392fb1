import { setImmediate as turn } from "node:timers/promises";

/** How long one piece of work may keep everything else in this process waiting. */
const SLICE_MS = 10;

/** Long work gives way between its steps. */
export interface Slices {
  /** Resolves at once as long as the slice lasts, else after everybody else has had a turn. */
  giveWay(): Promise<void> | undefined;
}

export function createSlices(): Slices {
  let endsAt = performance.now() + SLICE_MS;
  return {
    giveWay() {
      if (performance.now() < endsAt) return undefined;
      return turn().then(() => {
        endsAt = performance.now() + SLICE_MS;
      });
    },
  };
}
