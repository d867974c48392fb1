import type { PermissionSummary } from "../../../main/areas/permissions/contract.ts";
import { counted } from "../../ui/text-rows.ts";
import type { ManyAnswered } from "./answer.ts";

const rank = { high: 0, medium: 1, low: 2 };

/** The gravest first: what must not be overlooked stands at the top. */
export const byRisk = <Request extends PermissionSummary>(requests: readonly Request[]) =>
  requests.toSorted((a, b) => rank[a.riskLevel] - rank[b.riskLevel]);

/** "Allowed 3 requests. 1 had been answered already. 2 did not get through." */
export function manySentence(decision: "allow" | "deny", { done, late, failed }: ManyAnswered): string {
  const verb = decision === "allow" ? "Allowed" : "Denied";
  const parts = [`${verb} ${counted(done, "request")}.`];
  if (late > 0) parts.push(`${late} had been answered already.`);
  if (failed.length > 0) parts.push(`${failed.length} did not get through.`);
  return parts.join(" ");
}
