import type { Presentation, Sight } from "./contract.ts";

/** Where a person can see all that would be done. */
export function sightOf({ unshown, actIsAll }: Presentation): Sight {
  if (unshown !== undefined) return "none";
  return actIsAll === true ? "act" : "card";
}
