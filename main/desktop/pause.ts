import type { Clock } from "../kernel/clock.ts";

const HOUR_MS = 3_600_000;

/** "Do not disturb" for an hour: no popup and no notification. Requests wait all the same. */
export interface Pause {
  until(): number | null;
  begin(): void;
  end(): void;
}

export function createPause(clock: Clock, changed: () => void): Pause {
  let until: number | null = null;
  let cancelTimer = () => {};

  const end = () => {
    cancelTimer();
    until = null;
    changed();
  };

  return {
    until: () => until,
    begin() {
      cancelTimer();
      until = clock.now() + HOUR_MS;
      cancelTimer = clock.after(HOUR_MS, end);
      changed();
    },
    end,
  };
}
