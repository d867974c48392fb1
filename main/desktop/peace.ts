import type { Clock } from "../kernel/clock.ts";

const HOUR_MS = 3_600_000;

/** The person's wish not to be disturbed for a while. Requests wait all the same. */
export interface Peace {
  until(): number | null;
  pause(): void;
  resume(): void;
}

export function createPeace(clock: Clock, changed: () => void): Peace {
  let until: number | null = null;
  let callOff = () => {};

  const resume = () => {
    callOff();
    until = null;
    changed();
  };

  return {
    until: () => until,
    pause() {
      callOff();
      until = clock.now() + HOUR_MS;
      callOff = clock.after(HOUR_MS, resume);
      changed();
    },
    resume,
  };
}
