import { expect, it } from "vitest";
import type { Minute } from "../../../main/areas/diagnostics/contract.ts";
import { chartMinutes, charts, lastHour, summary } from "./charts.ts";

const minute = (at: number, more: Partial<Minute> = {}): Minute => ({
  at,
  runsStarted: 0,
  runsEnded: 0,
  asked: 0,
  answered: 0,
  pendingMost: 0,
  answerMs: null,
  toolMs: null,
  requests: 0,
  ...more,
});
const noon = Date.UTC(2026, 0, 5, 12);

it("places minutes in the hour and leaves out what is older", () => {
  const minutes = [
    minute(noon - 60 * 60_000, { requests: 99 }),
    minute(noon - 60_000, { requests: 3 }),
    minute(noon),
  ];
  const { at, values } = lastHour(minutes, noon + 59_999, (m) => m.requests);
  expect(at).toHaveLength(chartMinutes);
  expect(at.at(-1)).toBe(noon / 1000);
  expect(values.slice(-3)).toEqual([null, 3, 0]);
  expect(values.filter((value) => value !== null)).toEqual([3, 0]);
});

it("sums up counts, and latencies by their median", () => {
  const answers = charts.find(({ id }) => id === "answers");
  const requests = charts.find(({ id }) => id === "requests");
  if (!answers || !requests) throw new Error("Charts are gone");
  const of = (values: readonly (number | null)[]) => ({ at: values.map((_, i) => i), values });
  expect(summary(answers, of([null, 100, 400, 200, null]))).toBe("200 ms median");
  expect(summary(answers, of([100, 300]))).toBe("200 ms median");
  expect(summary(answers, of([null]))).toBeNull();
  expect(summary(requests, of([2, null, 40]))).toBe("42");
});
