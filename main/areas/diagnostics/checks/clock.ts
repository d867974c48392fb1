import { ok, warning, type Check } from "../../../kernel/check.ts";

const EARLIEST_SANE = Date.UTC(2026, 0, 1);
const NOTABLE_STEP_MS = 60_000;

/** What ends, ends by whichever clock is first: a wrong one, or one that was set, explains ends that came early. */
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
          "Set the clock; what has an end, such as a key, may count as ended until then.",
        );
      }
      // A machine that slept finds its clock ahead; only a step back is out of the ordinary.
      const stepBack = difference - (time - monotonic());
      if (stepBack > NOTABLE_STEP_MS) {
        const minutes = Math.round(stepBack / 60_000);
        return warning(
          `The clock was set back by ${minutes} min since the start.`,
          "Nothing lasts longer for that: what has an end may end earlier than the clock says.",
        );
      }
      return ok("Runs evenly.");
    },
  };
}
