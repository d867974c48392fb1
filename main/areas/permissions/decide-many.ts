import { deciderOf } from "../../contract/decider.ts";
import { DENIED_BY_PERSON } from "../../contract/denied.ts";
import { AppError } from "../../contract/errors.ts";
import type { PermissionId } from "../../contract/ids.ts";
import type { Principal } from "../../contract/principal.ts";
import type { PermissionSummary } from "./contract.ts";
import { checkAnswer } from "./check-answer.ts";
import { type Settlement } from "./outcome.ts";
import type { Settling, Waiting } from "./settling.ts";

export interface ManyDecisions {
  readonly decision: "allow" | "deny";
  readonly reason?: string | undefined;
  readonly requests: readonly { readonly id: PermissionId; readonly digest: string }[];
}

export interface ManyDecided {
  readonly settled: readonly PermissionSummary[];
  /** Somebody else was first. */
  readonly late: readonly PermissionId[];
  readonly failed: readonly PermissionId[];
}

/** The same answer to many, once each: what can be answered is, with one commit. */
export function decideMany(
  settling: Pick<Settling, "waiting" | "held" | "settleMany">,
  { decision, reason, requests }: ManyDecisions,
  by: Principal,
): ManyDecided {
  const decidedBy = deciderOf(by);
  const note = reason?.trim() ?? "";
  const how: Settlement =
    decision === "allow"
      ? { outcome: "allowed", decidedBy, scope: "once", reason: note || null }
      : { outcome: "denied", decidedBy, scope: null, reason: note || DENIED_BY_PERSON };
  const late: PermissionId[] = [];
  const refused: PermissionId[] = [];
  const entries = new Map<PermissionId, Waiting>();
  for (const { id, digest } of requests) {
    const entry = settling.waiting.find(id);
    if (entry === undefined || settling.held.has(id)) late.push(id);
    else if (mayAnswer(entry, decision, digest, by)) entries.set(id, entry);
    else refused.push(id);
  }
  const { settled, failed } = settling.settleMany([...entries.values()], how);
  return { settled, late, failed: [...refused, ...failed] };
}

function mayAnswer(entry: Waiting, decision: "allow" | "deny", digest: string, by: Principal): boolean {
  try {
    checkAnswer(entry, { decision, scope: "once", digest }, by);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
