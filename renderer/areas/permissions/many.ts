import type { PermissionSummary } from "../../../main/areas/permissions/contract.ts";
import { counted } from "../../ui/text-rows.ts";
import type { ManyAnswered } from "./answer.ts";

/** What is selected and still waits: what was settled meanwhile is not answered again. */
export const stillSelected = (waiting: readonly PermissionSummary[], selected: ReadonlySet<string>) =>
  waiting.filter(({ id }) => selected.has(id));

export function toggled(selected: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
}

const rank = { high: 0, medium: 1, low: 2 };

/** The gravest first: what must not be overlooked stands at the top. */
export const byRisk = (requests: readonly PermissionSummary[]) =>
  requests.toSorted((a, b) => rank[a.riskLevel] - rank[b.riskLevel]);

/** "Allowed 3 requests. 1 had been answered already. 2 did not get through." */
export function manySentence(decision: "allow" | "deny", { done, late, failed }: ManyAnswered): string {
  const verb = decision === "allow" ? "Allowed" : "Denied";
  const parts = [`${verb} ${counted(done, "request")}.`];
  if (late > 0) parts.push(`${late} had been answered already.`);
  if (failed.length > 0) parts.push(`${failed.length} did not get through.`);
  return parts.join(" ");
}
