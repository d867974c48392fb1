import type { SessionService } from "./service.ts";
import type { OldestSessions } from "./store/oldest-sessions.ts";

/** One that is in use stays, so some more are looked at. */
const LOOKS = 50;

/** Deletes the session that was not used for longest, if that was before then. Returns its bytes, about. */
export function letGoOfOldest(
  oldest: OldestSessions,
  service: Pick<SessionService, "remove">,
  before: number,
): number {
  for (const { id, bytes } of oldest(before, LOOKS)) {
    if (service.remove([id]).deleted.length > 0) return bytes;
  }
  return 0;
}
