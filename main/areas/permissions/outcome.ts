import type { DecisionId } from "../../contract/ids.ts";
import { randomHex } from "../../kernel/random-id.ts";
import type { Subject } from "../inspection/contract.ts";
import type { Decider, DecisionRecord, Outcome, PermissionSummary, Scope } from "./contract.ts";
import type { GateAnswer, GateRequest } from "./gate.ts";
import { preview } from "../inspection/visible-text.ts";

export interface Settlement {
  readonly outcome: Outcome;
  readonly decidedBy: Decider;
  readonly scope: Scope | null;
  readonly reason: string | null;
}

/** What counts when the ledger fails, whatever was decided. */
export const NOT_RECORDED: Settlement = {
  outcome: "denied",
  decidedBy: { kind: "system", name: "storage" },
  scope: null,
  reason: "permission denied: the outcome could not be recorded",
};

export function settledSummary(asked: PermissionSummary, how: Settlement, at: number): PermissionSummary {
  const { outcome, ...rest } = how;
  return { ...asked, ...rest, status: outcome, settledAt: at };
}

/** The ledger's row about a request that somebody was asked. */
export function recordOf(asked: PermissionSummary, how: Settlement, at: number): DecisionRecord {
  const { id, runId, sessionId, clientId, tool, action, targetPreview, workDir, act } = asked;
  return {
    id: newDecisionId(),
    at,
    permissionId: id,
    runId,
    sessionId,
    clientId,
    tool,
    action,
    targetPreview,
    workDir,
    act,
    ...how,
    waitedMs: Math.max(0, at - asked.askedAt),
  };
}

/** The ledger's row about a call that nobody was asked about. */
export function silentRecord(
  { runId, sessionId, clientId, tool, context }: GateRequest,
  subject: Subject,
  how: Settlement,
  at: number,
): DecisionRecord {
  const { name } = tool.info;
  return {
    id: newDecisionId(),
    at,
    permissionId: null,
    runId,
    sessionId,
    clientId,
    tool: name,
    action: subject.action,
    targetPreview: preview(subject.target, 200),
    workDir: context.workspace,
    // Nothing was presented to anybody, so there are no better words.
    act: `${subject.execution === undefined ? name : "run"} \`${preview(subject.target, 100)}\``,
    ...how,
    waitedMs: 0,
  };
}

/** Nothing may run on such an answer: no call has an empty digest. */
export function unrecordedAnswer(permission: PermissionSummary | null): GateAnswer {
  return { ...NOT_RECORDED, permission, digest: "" };
}

function newDecisionId(): DecisionId {
  return `dec_${randomHex()}` as DecisionId;
}
