import type { UsageSum } from "../../../main/areas/usage/contract.ts";

const whole = new Intl.NumberFormat();
const cents = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const exact = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 6 });
const short = new Intl.NumberFormat(undefined, { notation: "compact", maximumFractionDigits: 1 });

/** US dollars, as people read prices; what is less than a cent is not nothing. */
export function dollars(amount: number): string {
  return amount > 0 && amount < 0.01 ? "< $0.01" : `$${cents.format(amount)}`;
}

export const exactDollars = (amount: number) => `$${exact.format(amount)}`;

export const tokensOf = ({ inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens }: UsageSum) =>
  inputTokens + outputTokens + cacheReadTokens + cacheWriteTokens;

export const shortCount = (count: number) => short.format(count);

export const runCount = (runs: number) => `${whole.format(runs)} ${runs === 1 ? "run" : "runs"}`;

export function tokenWords(sum: UsageSum): string {
  const parts = [
    `${whole.format(sum.inputTokens)} in`,
    `${whole.format(sum.outputTokens)} out`,
    ...(sum.cacheReadTokens === 0 ? [] : [`${whole.format(sum.cacheReadTokens)} read from cache`]),
    ...(sum.cacheWriteTokens === 0 ? [] : [`${whole.format(sum.cacheWriteTokens)} written to cache`]),
  ];
  return parts.join(" · ");
}

/** What the sum in dollars leaves out, null when nothing. */
export const unpricedWords = ({ runs, unpricedRuns }: UsageSum): string | null =>
  unpricedRuns === 0
    ? null
    : unpricedRuns === runs
      ? "No price is known for these runs."
      : `Without ${runCount(unpricedRuns)} whose model has no known price.`;

/** All days from the first to the last, also those on which nothing happened. */
export function daysBetween(since: string, until: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(since); at <= Date.parse(until); at += 86_400_000) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}

const dayWords = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", timeZone: "UTC" });

export const inDayWords = (day: string) => dayWords.format(Date.parse(day));
