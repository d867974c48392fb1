import { setTimeout as wait } from "node:timers/promises";
import { failed, ok, warning, type Check } from "../../../kernel/check.ts";

const PROBES = 10;
const SLOW_MS = 50;
const STUCK_MS = 500;

/** How late a timer comes now. Measured on demand: a monitor that always runs would keep the machine awake. */
export function createEventLoopCheck(): Check {
  return {
    name: "event-loop",
    title: "Responsiveness",
    async run() {
      let latest = 0;
      for (let probe = 0; probe < PROBES; probe += 1) {
        const startedAt = performance.now();
        await wait(5);
        latest = Math.max(latest, performance.now() - startedAt - 5);
      }
      const text = `A timer came ${latest.toFixed(0)} ms late.`;
      const fix = "Look which runs are active; a very busy machine does this too.";
      if (latest > STUCK_MS) return failed(text, fix);
      if (latest > SLOW_MS) return warning(text, fix);
      return ok(`At most ${Math.max(0, latest).toFixed(1)} ms late.`);
    },
  };
}
