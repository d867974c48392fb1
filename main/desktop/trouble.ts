import { personAt } from "../contract/principal.ts";
import type { Clock } from "../kernel/clock.ts";
import type { DesktopDaemon } from "./daemon.ts";

/** The first look waits until the start is over; the further ones come every ten minutes. */
const FIRST_AFTER_MS = 5_000;
const EVERY_MS = 10 * 60_000;

/** Whether the daemon's own checks find something broken. */
export interface Trouble {
  current(): string | null;
  /** Something has changed that the checks may see. */
  lookNow(): void;
  stop(): void;
}

export interface TroubleDeps {
  readonly diagnostics: DesktopDaemon["routes"]["diagnostics"];
  readonly clock: Clock;
  readonly changed: () => void;
  readonly report: (error: unknown) => void;
}

export function watchTrouble({ diagnostics, clock, changed, report }: TroubleDeps): Trouble {
  let found: string | null = null;
  let cancelTimer = () => {};
  let isStopped = false;

  const look = async () => {
    try {
      const { checks } = await diagnostics.runChecks({}, personAt("tray"));
      const failed = checks.find(({ state }) => state === "failed");
      found = failed === undefined ? null : `${failed.title}: ${failed.message}`;
      changed();
    } catch (error) {
      report(error);
    }
    plan(EVERY_MS);
  };
  const plan = (ms: number) => {
    cancelTimer();
    if (!isStopped) cancelTimer = clock.after(ms, () => void look());
  };
  plan(FIRST_AFTER_MS);

  return {
    current: () => found,
    lookNow: () => void look(),
    stop() {
      isStopped = true;
      cancelTimer();
    },
  };
}
