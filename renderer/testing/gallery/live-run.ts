import type { FakeBridge } from "../fake-bridge.ts";
import { runId } from "../samples.ts";
import { liveEvents, run } from "./work-samples.ts";

/** Plays a run that goes on, `perTick` events every 16 ms, as long as the page watches it. */
export function playLiveRun(bridge: FakeBridge, perTick: number): void {
  let played = 0;
  const timer = setInterval(() => {
    if (bridge.followed.length === 0) return;
    const events = liveEvents.slice(played, played + perTick);
    played += events.length;
    if (events.length > 0) {
      bridge.tell("runs.follow", { runId: runId(0), events });
      return;
    }
    clearInterval(timer);
    bridge.emit("runs.changed", run(0, { status: "done", endedAt: Date.now() }));
  }, 16);
}
