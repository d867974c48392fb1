const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** "ends in 90 days". The clock of a page may be a little behind: that makes no further day. */
export function endWords(expiresAt: number, now: number): string {
  const days = Math.ceil((expiresAt - now - MINUTE_MS) / DAY_MS);
  return days <= 1 ? "ends within a day" : `ends in ${days} days`;
}
