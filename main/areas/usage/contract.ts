import * as z from "zod";
import { defineArea } from "../../contract/define.ts";
import { defineSection, type SectionValues } from "../../contract/settings-section.ts";
import { RunId, SessionId } from "../../contract/ids.ts";

const Dollars = z.number().min(0).max(1_000_000);

/** US dollars for a million tokens. What a cache gives or takes costs as much as input where nothing else is said. */
export const Price = z.strictObject({
  input: Dollars,
  output: Dollars,
  cacheRead: Dollars.optional(),
  cacheWrite: Dollars.optional(),
});
export type Price = z.infer<typeof Price>;

export const PriceList = z.strictObject({
  /** The month in which they were written down, such as `2025-12`. */
  asOf: z.string(),
  /** By the name of the model, without the date at its end and without the maker before it. */
  models: z.record(z.string(), Price),
});
export type PriceList = z.infer<typeof PriceList>;

const dollarsOf = (amount: number) => `$${amount.toFixed(2)}`;

export const usageSettings = defineSection({
  name: "usage",
  schema: z.object({
    /** By the name of a model; they hold instead of those Gatehouse comes with. */
    prices: z.record(z.string().min(1).max(200), Price).default({}),
    /** US dollars a day, from midnight to midnight here. Above it a person is asked once whether to go on. */
    warnPerDay: Dollars.positive().nullable().default(null),
    /** The same; above it every run waits for a person. */
    stopPerDay: Dollars.positive().nullable().default(null),
  }),
  loosens: (before, after) =>
    before.stopPerDay !== null && (after.stopPerDay === null || after.stopPerDay > before.stopPerDay)
      ? [
          after.stopPerDay === null
            ? "Runs could cost any amount a day."
            : `Runs could cost ${dollarsOf(after.stopPerDay)} a day instead of ${dollarsOf(before.stopPerDay)}.`,
        ]
      : [],
});
export type UsageSettings = SectionValues<typeof usageSettings>;

export const Day = z.iso.date().describe("A day here, such as 2026-11-21.");

const sums = {
  runs: z.int(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  cacheReadTokens: z.int(),
  cacheWriteTokens: z.int(),
  /** US dollars, of the runs whose model has a price. */
  cost: z.number(),
  /** Of how many runs the price is not known. */
  unpricedRuns: z.int(),
};

/** What runs used together. Runs whose provider does not say what they used are not counted. */
export const UsageSum = z.object(sums);
export type UsageSum = z.infer<typeof UsageSum>;

export const UsageRow = z.object({
  /** The day, the model, the client or the session, as asked. */
  name: z.string(),
  ...sums,
});
export type UsageRow = z.infer<typeof UsageRow>;

export const Spending = z.object({ day: Day, cost: z.number(), unpricedRuns: z.int() });
export type Spending = z.infer<typeof Spending>;

export const usage = defineArea({
  name: "usage",
  settings: usageSettings,
  nouns: { UsageRow, UsageSum, Spending, Price },
  endpoints: {
    getUsage: {
      method: "GET",
      path: "/usage",
      summary: "What runs used and cost, by day, model, client or session.",
      pages: ["window"],
      scope: "read",
      input: z.object({
        by: z.enum(["day", "model", "client", "session"]).default("day"),
        /** The first and the last day; without them the last thirty days. */
        since: Day.optional(),
        until: Day.optional(),
        session: SessionId.optional(),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
      output: z.object({
        since: Day,
        until: Day,
        /** Days in their order, everything else from the dearest on; no more than asked for. */
        rows: z.array(UsageRow),
        total: UsageSum,
      }),
    },
    getRunCost: {
      method: "GET",
      path: "/usage/runs/:id",
      summary: "What one run cost, null where its model has no price or it says nothing about what it used.",
      pages: ["window"],
      scope: "read",
      input: z.object({ id: RunId }),
      output: z.object({ cost: z.number().nullable() }),
    },
    getSpending: {
      method: "GET",
      path: "/usage/today",
      summary: "What today's runs have cost so far.",
      pages: ["window"],
      scope: "read",
      input: z.object({}),
      output: Spending,
    },
    listPrices: {
      method: "GET",
      path: "/usage/prices",
      summary: "The prices that hold, with those of the settings.",
      pages: ["window"],
      scope: "read",
      input: z.object({}),
      output: PriceList,
    },
  },
  events: { spent: Spending },
  eventScopes: { spent: "read" },
  errors: {},
});
