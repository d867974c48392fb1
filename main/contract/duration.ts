/** Go's duration units in milliseconds; both signs for micro are in use. */
const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** As long as Go's own type can say: 2^63 nanoseconds. */
const MAX_MS = 2 ** 63 / 1e6;
const PART = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/y;

/**
 * Milliseconds of a Go duration such as `10m`, `1h30m` or `1.5s`; `0` needs no unit. Null for anything else, negative
 * ones included. What is shorter than a millisecond but not nothing becomes one: 0 means "no limit" wherever it is used.
 */
export function parseDuration(text: string): number | null {
  const unsigned = text.startsWith("+") ? text.slice(1) : text;
  if (unsigned === "0") return 0;
  let total = 0;
  let end = 0;
  while (end < unsigned.length) {
    PART.lastIndex = end;
    const part = PART.exec(unsigned);
    if (part === null) return null;
    total += Number(part[1]) * (UNITS[part[2] ?? ""] ?? Number.NaN);
    end = PART.lastIndex;
  }
  if (end === 0 || !(total < MAX_MS)) return null;
  return total > 0 ? Math.max(1, Math.round(total)) : 0;
}
