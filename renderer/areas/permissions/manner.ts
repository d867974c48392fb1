import type { Choice, PermissionSummary } from "../../../main/areas/permissions/contract.ts";

export type RiskLevel = PermissionSummary["riskLevel"];

/** High risk is never allowed by one press, wherever that is done. */
export const isHeld = (riskLevel: RiskLevel) => riskLevel === "high";

/** What allowing looks like: the more is at stake, the less it asks to be pressed. */
export const allowLook = { low: "allow", medium: "allowMild", high: "allowGrave" } as const;

/**
 * What is asked back before a choice counts: what covers more than this request, and whatever is to be remembered of
 * high risk. Null: it counts at once.
 */
export function questionBack({ sentence, beyond }: Choice, riskLevel: RiskLevel): string | null {
  if (beyond !== undefined) return beyond;
  return riskLevel === "high" ? `${sentence}: of high risk, and it will run without asking.` : null;
}

/** The same words at the beginning of all of them are said once. */
export interface Terms {
  /** "Run `npm test` in ~/app", "" if they have nothing in common. */
  readonly common: string;
  readonly terms: readonly { readonly choice: Choice; readonly words: string }[];
}

const separator = ", ";

/** "Run `npm test` in ~/app" once, and "for this session", "for 15 minutes", "always" as what may be chosen. */
export function termsOf(choices: readonly Choice[]): Terms {
  const cuts = choices.map(({ sentence }) => sentence.lastIndexOf(separator));
  const heads = new Set(choices.map(({ sentence }, at) => sentence.slice(0, Math.max(0, cuts[at] ?? 0))));
  const [common = ""] = heads;
  if (heads.size !== 1 || common === "") {
    return { common: "", terms: choices.map((choice) => ({ choice, words: choice.sentence })) };
  }
  const from = common.length + separator.length;
  return { common, terms: choices.map((choice) => ({ choice, words: choice.sentence.slice(from) })) };
}
