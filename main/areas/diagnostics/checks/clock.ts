import { ok, warning, type Check } from "../../../kernel/check.ts";

const EARLIEST_SANE = Date.UTC(2026, 0, 1);
const NOTABLE_STEP_MS = 60_000;

/** Grants and time-outs follow the clock, so a wrong one, or one that was set back, explains strange ends. */
export function createClockCheck(
  now: () => number = Date.now,
  monotonic: () => number = () => performance.now(),
): Check {
  const difference = now() - monotonic();
  return {
    name: "clock",
    title: "Clock",
    run() {
      const time = now();
      if (time < EARLIEST_SANE) {
        return warning(
          `The clock of this machine says ${new Date(time).toISOString()}.`,
          "Set the clock; grants and time-outs follow it.",
        );
      }
      // A machine that slept finds its clock ahead; only a step back is out of the ordinary.
      const stepBack = difference - (time - monotonic());
      if (stepBack > NOTABLE_STEP_MS) {
        const minutes = Math.round(stepBack / 60_000);
        return warning(
          `The clock was set back by ${minutes} min since the start.`,
          "Restart Gatehouse; until then grants and requests may end later than they say.",
        );
      }
      return ok("Runs evenly.");
    },
  };
}
