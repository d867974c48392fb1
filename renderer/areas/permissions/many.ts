import type { PermissionSummary } from "../../../main/areas/permissions/contract.ts";
import { counted } from "../../ui/text-rows.ts";
import type { ManyAnswered } from "./answer.ts";
import { isHeld, type RiskLevel } from "./manner.ts";

const rank = { high: 0, medium: 1, low: 2 };

/** The gravest first: what must not be overlooked stands at the top. */
export const byRisk = <Request extends PermissionSummary>(requests: readonly Request[]) =>
  requests.toSorted((a, b) => rank[a.riskLevel] - rank[b.riskLevel]);

/** How much is at stake in all of them together. */
export const gravest = (requests: readonly PermissionSummary[]): RiskLevel =>
  byRisk(requests)[0]?.riskLevel ?? "low";

/** Requests that are the same to the last byte, as one row. */
export interface Like<Request> {
  readonly key: string;
  readonly requests: readonly [Request, ...Request[]];
  /** Left out unless it is ticked: what is of high risk is meant one by one. */
  readonly isTicked: boolean;
}

/** The rows of the question before many answers, the gravest first. What nobody can see whole is not to be allowed. */
export function manyRows<Request extends PermissionSummary>(
  decision: "allow" | "deny",
  requests: readonly Request[],
): readonly Like<Request>[] {
  const rows = new Map<string, [Request, ...Request[]]>();
  for (const request of byRisk(requests)) {
    if (decision === "allow" && request.sight === "none") continue;
    const isAlone = decision === "allow" && isHeld(request.riskLevel);
    const key = isAlone ? request.id : request.digest;
    const row = rows.get(key);
    if (row === undefined) rows.set(key, [request]);
    else row.push(request);
  }
  return [...rows].map(([key, same]) => ({
    key,
    requests: same,
    isTicked: decision === "allow" && isHeld(same[0].riskLevel),
  }));
}

/** "Allowed 3 requests. 1 had been answered already. 2 did not get through." */
export function manySentence(decision: "allow" | "deny", { done, late, failed }: ManyAnswered): string {
  const verb = decision === "allow" ? "Allowed" : "Denied";
  const parts = [`${verb} ${counted(done, "request")}.`];
  if (late > 0) parts.push(`${late} had been answered already.`);
  if (failed.length > 0) parts.push(`${failed.length} did not get through.`);
  return parts.join(" ");
}
