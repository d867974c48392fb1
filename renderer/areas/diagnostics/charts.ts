import type { Minute } from "../../../main/areas/diagnostics/contract.ts";
import { duration } from "../../ui/time.ts";

export const chartMinutes = 60;
const minuteMs = 60_000;

/** One number per minute; `at` in epoch seconds, as the chart library wants it. Null: nothing to measure. */
export interface Series {
  readonly at: readonly number[];
  readonly values: readonly (number | null)[];
}

export interface ChartDefinition {
  readonly id: string;
  readonly title: string;
  readonly kind: "count" | "time";
  readonly pick: (minute: Minute) => number | null;
  /** The number beside the title: what the hour says as a whole. */
  readonly sum: (values: readonly number[]) => number;
  readonly unit: string;
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const most = (values: readonly number[]) => values.reduce((max, value) => Math.max(max, value), 0);

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

export const charts: readonly ChartDefinition[] = [
  { id: "runs", title: "Runs started", kind: "count", pick: (m) => m.runsStarted, sum: total, unit: "" },
  { id: "asked", title: "Permissions asked", kind: "count", pick: (m) => m.asked, sum: total, unit: "" },
  {
    id: "pending",
    title: "Waiting at once",
    kind: "count",
    pick: (m) => m.pendingMost,
    sum: most,
    unit: "at most",
  },
  {
    id: "answers",
    title: "Time to your answer",
    kind: "time",
    pick: (m) => m.answerMs,
    sum: median,
    unit: "median",
  },
  {
    id: "tools",
    title: "Time of a tool call",
    kind: "time",
    pick: (m) => m.toolMs,
    sum: median,
    unit: "median",
  },
  { id: "requests", title: "API requests", kind: "count", pick: (m) => m.requests, sum: total, unit: "" },
];

/** The hour up to `now`, one place per minute; minutes before the daemon started are empty. */
export function lastHour(minutes: readonly Minute[], now: number, pick: ChartDefinition["pick"]): Series {
  const byMinute = new Map(minutes.map((minute) => [Math.floor(minute.at / minuteMs), minute]));
  const last = Math.floor(now / minuteMs);
  const at: number[] = [];
  const values: (number | null)[] = [];
  for (let minute = last - chartMinutes + 1; minute <= last; minute++) {
    const known = byMinute.get(minute);
    at.push((minute * minuteMs) / 1000);
    values.push(known === undefined ? null : pick(known));
  }
  return { at, values };
}

const count = new Intl.NumberFormat();

export const inWords = (kind: ChartDefinition["kind"], value: number) =>
  kind === "time" ? duration(value) : count.format(value);

/** What the hour says as a whole; null when there is nothing to say. */
export function summary({ kind, sum, unit }: ChartDefinition, series: Series): string | null {
  const known = series.values.filter((value) => value !== null);
  if (known.length === 0) return null;
  const words = inWords(kind, sum(known));
  return unit === "" ? words : `${words} ${unit}`;
}
