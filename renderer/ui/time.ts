const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const dayAndMonth = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const fullDate = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });

const startOfDay = (at: number) => new Date(at).setHours(0, 0, 0, 0);

export const exactTime = (at: number) => exact.format(at);
/** "20 Nov 2026, 14:05" */
export const dateAndTime = (at: number) => `${fullDate.format(at)}, ${clock.format(at)}`;
export const clockTime = (at: number) => clock.format(at);
export const isSameDay = (a: number, b: number) => startOfDay(a) === startOfDay(b);

/** Moments from `from` on and before `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A whole day here, named as a date field does: "2026-03-29". Null when it names none. Some days have 23 hours. */
export function daySpan(date: string): Span | null {
  const [year, month, dayOfMonth] = date.split("-").map(Number);
  if (year === undefined || month === undefined || dayOfMonth === undefined) return null;
  const from = new Date(year, month - 1, dayOfMonth).getTime();
  const to = new Date(year, month - 1, dayOfMonth + 1).getTime();
  return Number.isNaN(from) ? null : { from, to };
}

/** "Today", "Yesterday", or the date: a heading over what happened that day. */
export function dayHeading(at: number, now: number): string {
  const days = Math.round((startOfDay(now) - startOfDay(at)) / day);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return fullDate.format(at);
}

/** Short enough for a column: "now", "4 min", "3 h", "yesterday", "12 Mar". Past times only count whole units. */
export function relativeTime(at: number, now: number): string {
  const past = now - at;
  if (past < -minute) return `in ${duration(-past)}`;
  if (past < minute) return "now";
  if (past < hour) return `${Math.floor(past / minute)} min ago`;
  if (past < 6 * hour || isSameDay(at, now)) return `${Math.floor(past / hour)} h ago`;
  if (dayHeading(at, now) === "Yesterday") return "yesterday";
  return new Date(at).getFullYear() === new Date(now).getFullYear()
    ? dayAndMonth.format(at)
    : fullDate.format(at);
}

/** "420 ms", "3.2 s", "4 min 5 s", "2 h 10 min". */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** What is left, for a count-down: "9:41", "1:02:03"; never below zero. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
