import type { Usage } from "../sessions/contract.ts";
import type { Price } from "./contract.ts";

/** Costs are counted in millionths of a dollar, so that sums stay exact. */
export const MICROS_PER_DOLLAR = 1_000_000;

type Prices = Readonly<Record<string, Price>>;

/** What makers put at the end of a name for one state of a model. */
const DATED = /(-20\d{6}|-20\d\d-\d\d-\d\d|@20\d{6}|-latest|:latest)$/;

/**
 * The price of a model, whoever passes it on: as it is named, without the maker before the name, and without the date
 * at its end. A name that only begins like a known one is another model.
 */
export function priceOf(model: string, ...lists: readonly Prices[]): Price | null {
  const plain = model.slice(model.lastIndexOf("/") + 1);
  for (const name of [model, plain, plain.replace(DATED, "")]) {
    for (const prices of lists) if (Object.hasOwn(prices, name)) return prices[name] ?? null;
  }
  return null;
}

/** In millionths of a dollar, rounded: dollars for a million tokens are millionths for one. */
export function costOf(used: Usage, price: Price): number {
  const { inputTokens, outputTokens, cacheReadTokens = 0, cacheWriteTokens = 0 } = used;
  const { input, output, cacheRead = input, cacheWrite = input } = price;
  return Math.round(
    inputTokens * input + outputTokens * output + cacheReadTokens * cacheRead + cacheWriteTokens * cacheWrite,
  );
}

/** The day it is here, such as `2026-11-21`. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const [month, day] = [date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0"));
  return `${String(date.getFullYear()).padStart(4, "0")}-${month}-${day}`;
}

export function daysBefore(day: string, days: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return dayOf(new Date(year, month - 1, date - days, 12).getTime());
}
