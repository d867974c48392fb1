import type { Clock } from "../../../kernel/clock.ts";
import { ok, warning, type Check } from "../../../kernel/check.ts";

const LONG_MS = 60 * 60_000;

/** `pending` gives the requests that wait, oldest first. */
export function createWaitingRequestsCheck(
  pending: () => readonly { readonly askedAt: number; readonly act: string }[],
  clock: Clock,
): Check {
  return {
    name: "waiting-requests",
    title: "Requests that wait",
    run() {
      const waiting = pending();
      const old = waiting.filter(({ askedAt }) => clock.now() - askedAt > LONG_MS);
      const oldest = old[0];
      if (oldest === undefined)
        return ok(waiting.length === 0 ? "None waits." : `${waiting.length} wait, none for long.`);
      const hours = Math.floor((clock.now() - oldest.askedAt) / LONG_MS);
      return warning(
        `${old.length} ${old.length === 1 ? "waits" : "wait"} for more than an hour, the oldest for ${hours} h: ${oldest.act}.`,
        "Answer them in the inbox, or set a time-out in the settings.",
      );
    },
  };
}
