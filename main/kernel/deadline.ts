import type { Clock } from "./clock.ts";

/**
 * An end on both clocks: the one that is set by people and time servers, and the one that only counts. Whichever comes
 * first ends it, so that neither a clock set back nor a machine that slept makes anything last longer.
 */
export interface Deadline {
  readonly wall: number;
  readonly steady: number;
  /** Earlier than this the machine's clock is wrong for certain, and what ends is taken for ended. */
  readonly notBefore: number;
}

/** What is on record of something that ends. */
export interface RecordedEnd {
  readonly setAt: number;
  readonly endsAt: number;
  /** `stampNow` of when it was set; null where the machine gives none, or an earlier version wrote it. */
  readonly stamp: string | null;
  /** The latest time of which is known that it had come when the record was closed. */
  readonly knownAt: number;
}

/** A clock is put right by this much now and then. */
const ORDINARY_STEP_MS = 60_000;
/** How long a machine that slept, or whose clock was set, may go unnoticed where nobody looks by himself. */
const LOOK_MS = 30_000;

export function deadlineIn(clock: Clock, ms: number): Deadline {
  return { wall: clock.now() + ms, steady: clock.steady() + ms, notBefore: Number.NEGATIVE_INFINITY };
}

export function isOver(clock: Clock, { wall, steady, notBefore }: Deadline): boolean {
  const now = clock.now();
  return now >= wall || now < notBefore || clock.steady() >= steady;
}

/** Runs `wake` once it is over, never at once; the result cancels it. */
export function whenOver(clock: Clock, deadline: Deadline, wake: () => void): () => void {
  let cancel = () => {};
  const wait = () => {
    const left = Math.min(deadline.wall - clock.now(), deadline.steady - clock.steady(), LOOK_MS);
    cancel = clock.after(left, () => (isOver(clock, deadline) ? wake() : wait()));
  };
  wait();
  return () => cancel();
}

/** This moment of the steady count, in a text that a later process can read. */
export function stampNow(clock: Clock): string | null {
  return clock.boot === null ? null : `${clock.boot} ${clock.steady()}`;
}

/**
 * The end as an earlier process has put it on record. As long as the machine has not started anew both clocks go on.
 * After that there is only the one that can be set: it is believed unless it shows a time that had passed already, and
 * then nothing that ends is believed to go on.
 */
export function recordedDeadline(clock: Clock, { setAt, endsAt, stamp, knownAt }: RecordedEnd): Deadline {
  const steadyNow = clock.steady();
  const setSteady = clock.boot === null ? null : steadyOf(stamp, clock.boot);
  if (setSteady !== null && setSteady <= steadyNow) {
    return { wall: endsAt, steady: setSteady + endsAt - setAt, notBefore: Number.NEGATIVE_INFINITY };
  }
  const now = clock.now();
  const known = Math.max(setAt, knownAt);
  const isSetBack = now < known - ORDINARY_STEP_MS;
  return {
    wall: endsAt,
    steady: steadyNow + endsAt - Math.max(now, known),
    notBefore: isSetBack ? known - ORDINARY_STEP_MS : Number.NEGATIVE_INFINITY,
  };
}

function steadyOf(stamp: string | null, boot: string): number | null {
  if (stamp?.startsWith(`${boot} `) !== true) return null;
  const steady = Number(stamp.slice(boot.length + 1));
  return Number.isSafeInteger(steady) ? steady : null;
}
