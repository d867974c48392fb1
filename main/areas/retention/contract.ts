import * as z from "zod";
import { defineArea } from "../../contract/define.ts";
import { defineSection, type SectionValues } from "../../contract/settings-section.ts";

/** Null: as long as it takes; never less than a day. */
const Days = z.int().min(1).max(36_500).nullable().default(null);
/** In 10^9 bytes. Null: as much as there is. */
const Gigabytes = z.number().min(0.01).max(100_000).nullable().default(null);

export const KeptKind = z.enum(["sessions", "runLogs", "decisions"]);
export type KeptKind = z.infer<typeof KeptKind>;

const what: Readonly<Record<KeptKind, string>> = {
  sessions: "Sessions with their messages and runs",
  runLogs: "Logs of runs",
  decisions: "The record of decisions and questions",
};

export const retentionSettings = defineSection({
  name: "retention",
  schema: z.object({
    sessionsDays: Days,
    sessionsGb: Gigabytes,
    runLogsDays: Days,
    runLogsGb: Gigabytes,
    decisionsDays: Days,
    decisionsGb: Gigabytes,
  }),
  // What is let go is no evidence any more.
  loosens: (before, after) =>
    KeptKind.options.flatMap((kind) => {
      const [days, gb] = [after[`${kind}Days`], after[`${kind}Gb`]];
      return [
        ...(isLess(days, before[`${kind}Days`])
          ? [`${what[kind]} would be deleted after ${days} ${days === 1 ? "day" : "days"}.`]
          : []),
        ...(isLess(gb, before[`${kind}Gb`]) ? [`${what[kind]} would be deleted beyond ${gb} GB.`] : []),
      ];
    }),
});
export type RetentionSettings = SectionValues<typeof retentionSettings>;

function isLess(after: number | null, before: number | null): boolean {
  return after !== null && (before === null || after < before);
}

export const KeptSize = z.object({
  /** `sessions`, `runLogs`, `decisions`, and `other` for all else. */
  kind: z.union([KeptKind, z.literal("other")]),
  bytes: z.int(),
  /** Seven days earlier; null when that is not known yet. */
  bytesWeekAgo: z.int().nullable(),
});
export type KeptSize = z.infer<typeof KeptSize>;

export const Sizes = z.object({
  /** Null: not measured yet. */
  measuredAt: z.int().nullable(),
  kinds: z.array(KeptSize),
  /** Of the database, what is free to be written again. */
  freeBytes: z.int(),
});
export type Sizes = z.infer<typeof Sizes>;

export const retention = defineArea({
  name: "retention",
  settings: retentionSettings,
  nouns: { Sizes, KeptSize },
  endpoints: {
    getSizes: {
      method: "GET",
      path: "/retention/sizes",
      summary: "How much of what is kept, as it was measured last. That is done once a day.",
      pages: ["window"],
      scope: "read",
      input: z.object({}),
      output: Sizes,
    },
    measureSizes: {
      method: "POST",
      path: "/retention/sizes",
      summary: "Measures now how much of what is kept, and lets go of what the settings do not keep.",
      pages: ["window"],
      scope: "configure",
      input: z.object({}),
      output: Sizes,
    },
  },
  events: { measured: Sizes },
  eventScopes: { measured: "read" },
  errors: { not_measured: 503 },
});
