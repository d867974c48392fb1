import type { RecallHit } from "../../../main/areas/recall/contract.ts";
import { go } from "../../page/navigation.ts";
import { openMessage } from "../sessions/open-message.ts";

/** Goes to where it was said, or to what was kept. */
export function openHit({ kind, memoryId, sessionId, index }: RecallHit): void {
  if (kind === "memory") go("memories", memoryId);
  else if (sessionId !== null) openMessage(sessionId, index ?? 0);
}
