import type { Run } from "../runs/contract.ts";
import type { NotificationSettings } from "./contract.ts";
import { isQuiet, localMinutes } from "./quiet-hours.ts";

export interface Situation {
  readonly settings: NotificationSettings;
  readonly now: Date;
  /** Epoch milliseconds up to which the person asked not to be disturbed. */
  readonly pausedUntil: number | null;
  /** A page of ours has the keyboard, so the request is seen there. */
  readonly isInFront: boolean;
}

export type NoticeDecision =
  "notify" | "disabled" | "paused" | "quiet" | "in_front" | "too_short" | "not_wanted";

/** Why nothing may disturb the person now, or null. */
function silenceOf({ settings, now, pausedUntil }: Situation): "paused" | "quiet" | null {
  if (pausedUntil !== null && now.getTime() < pausedUntil) return "paused";
  return isQuiet(settings.quietFrom, settings.quietUntil, localMinutes(now)) ? "quiet" : null;
}

/** Whether a new request deserves a notification. Whatever the answer, it waits in tray and window. */
export function decideNotice(situation: Situation): NoticeDecision {
  if (!situation.settings.enabled) return "disabled";
  return silenceOf(situation) ?? (situation.isInFront ? "in_front" : "notify");
}

/** What was done in a page of ours was seen there; a file changed by hand, or a key made elsewhere, was not. */
export function decideLoosenedNotice(isDoneHere: boolean, situation: Situation): NoticeDecision {
  return decideNotice(isDoneHere ? situation : { ...situation, isInFront: false });
}

const WORTH_TELLING_MS = 10_000;

/** Nobody has turned away from a run that was done within seconds; one that failed is told in any case. */
export function decideRunNotice(run: Run, situation: Situation): NoticeDecision {
  if (!situation.settings.runEnded || run.status === "canceled") return "not_wanted";
  const tookMs = (run.endedAt ?? run.startedAt) - run.startedAt;
  if (run.status === "done" && tookMs < WORTH_TELLING_MS) return "too_short";
  return decideNotice(situation);
}

/** Whether the popup may show itself. In front or not: it is where the answer is given. */
export function mayShowPopup(situation: Situation): boolean {
  return situation.settings.popup && silenceOf(situation) === null;
}
