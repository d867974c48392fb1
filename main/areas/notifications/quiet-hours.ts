const MINUTES_PER_HOUR = 60;

/** Minutes since midnight, or null for what is no time of day. */
export function minutesOfDay(time: string): number | null {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time);
  return match === null ? null : Number(match[1]) * MINUTES_PER_HOUR + Number(match[2]);
}

export function localMinutes(at: Date): number {
  return at.getHours() * MINUTES_PER_HOUR + at.getMinutes();
}

/** From `from` up to, not including, `until`, across midnight if need be. Unset or unreadable hours are never quiet. */
export function isQuiet(from: string | null, until: string | null, minutes: number): boolean {
  const start = from === null ? null : minutesOfDay(from);
  const end = until === null ? null : minutesOfDay(until);
  if (start === null || end === null) return false;
  return start <= end ? minutes >= start && minutes < end : minutes >= start || minutes < end;
}
