/** How long the server asks to wait: `Retry-After-Ms`, or `Retry-After` in seconds or as a date. */
export function retryAfterFromHeaders(headers: Headers, now: number): number | null {
  const milliseconds = nonNegative(headers.get("retry-after-ms"));
  if (milliseconds !== null) return Math.ceil(milliseconds);
  const value = headers.get("retry-after");
  const seconds = nonNegative(value);
  if (seconds !== null) return Math.ceil(seconds * 1000);
  // Date.parse takes "-3" for a year; an HTTP date ends in GMT.
  const date = value?.trim().endsWith("GMT") ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

const HINT =
  /(?:retry_?delay"?\s*[:=]\s*"?|(?:retry|try again)\s+(?:after|in)\s+)(\d+(?:\.\d+)?)\s*(ms|milli|m|s)?/i;
const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, milli: 1, s: 1000, m: 60_000 };

/** Some servers only say it in words: `"retryDelay": "7s"`, `Please try again in 1.5s`. */
export function retryAfterFromText(text: string): number | null {
  const hint = HINT.exec(text);
  if (hint === null) return null;
  return Math.ceil(Number(hint[1]) * (UNIT_MS[(hint[2] ?? "s").toLowerCase()] ?? 1000));
}

function nonNegative(value: string | null): number | null {
  if (value === null || value.trim() === "") return null;
  const number = Number(value);
  return Number.isFinite(number) && number >= 0 ? number : null;
}
