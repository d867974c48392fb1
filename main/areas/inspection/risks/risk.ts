import type { Risk } from "../contract.ts";

export type Level = Risk["level"];

const order: Readonly<Record<Level, number>> = { high: 0, medium: 1, low: 2 };

export function risk(kind: Risk["kind"], level: Level, text: string, why: string): Risk {
  return { kind, level, text, why };
}

/** Highest first, nothing twice. Contract: never empty. */
export function ranked(risks: readonly Risk[]): Risk[] {
  const found = risks.length === 0 ? [unknownCall] : risks;
  const byText = new Map<string, Risk>();
  for (const one of found) {
    const known = byText.get(one.text);
    if (known === undefined || order[one.level] < order[known.level]) byText.set(one.text, one);
  }
  return [...byText.values()].toSorted((a, b) => order[a.level] - order[b.level]);
}

const unknownCall = risk(
  "unknown",
  "medium",
  "effects unknown",
  "Gatehouse does not know what this call does. Read it before you allow it.",
);

export const raised = (one: Risk, level: Level): Risk =>
  order[level] < order[one.level] ? { ...one, level } : one;

/** A call of which nothing is known is not harmless. */
export function highestRisk(risks: readonly Risk[]): Risk["level"] {
  const levels = new Set(risks.map((risk) => risk.level));
  if (levels.has("high")) return "high";
  return levels.has("medium") || levels.size === 0 ? "medium" : "low";
}
