import type { Risk } from "../contract.ts";
import { ranked, risk } from "./risk.ts";

/** For tools that come from elsewhere: nothing is known of them but what they are called. */
export function callRisks(tool: string): Risk[] {
  return ranked([
    risk(
      "unknown",
      "medium",
      "effects unknown",
      `Gatehouse does not know what ${tool} does. It may read, change or send anything it can reach.`,
    ),
  ]);
}
