import type { Decider } from "../../contract/decider.ts";
import type { DecisionId } from "../../contract/ids.ts";
import { randomHex } from "../../kernel/random-id.ts";
import { highestRisk } from "../inspection/risks/risk.ts";
import { preview } from "../../contract/visible-text.ts";
import type { Refusal } from "../inspection/contract.ts";
import type { DecisionRecord, Outcome, PermissionSummary, Scope } from "./contract.ts";
import type { GateOutcome, GateRequest, Withdrawal } from "./gate.ts";

/** So much of a target is in lists and events. */
export const PREVIEW_LENGTH = 200;

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

/** A call that could not run was not asked about: the ledger says why in words for the person. */
export const cannotRun = ({ forPerson }: Refusal): Settlement => ({
  outcome: "denied",
  decidedBy: { kind: "system", name: "cannot run" },
  scope: null,
  reason: forPerson,
});

export const TIMED_OUT: Settlement = {
  outcome: "expired",
  decidedBy: { kind: "timeout", name: "" },
  scope: null,
  reason: "permission denied: daemon permission request timed out",
};

/** Whoever asked has no rights any more. */
export const KEY_ENDED = withdrawn({
  withdrawnBy: "left",
  words: "the key with which it was asked has ended",
} satisfies Withdrawal);

/** `reason` is what the request's signal was aborted with. */
export function withdrawn(reason: unknown): Settlement {
  const isExplained = isWithdrawal(reason);
  return {
    outcome: "withdrawn",
    decidedBy: { kind: "system", name: isExplained ? reason.withdrawnBy : "cancel" },
    scope: null,
    reason: isExplained ? reason.words : "the run was canceled while this was waiting",
  };
}

function isWithdrawal(reason: unknown): reason is Withdrawal {
  return typeof reason === "object" && reason !== null && "withdrawnBy" in reason;
}

/** An earlier process asked, and nobody is there any more to hear the answer. */
export const LEFT_BEHIND: Settlement = {
  outcome: "withdrawn",
  decidedBy: { kind: "system", name: "restart" },
  scope: null,
  reason: "Gatehouse stopped while this was waiting",
};

export function settledSummary(asked: PermissionSummary, how: Settlement, at: number): PermissionSummary {
  const { outcome, ...rest } = how;
  return { ...asked, ...rest, status: outcome, settledAt: at };
}

/** The ledger's row about a request that somebody was asked. */
export function recordOf(asked: PermissionSummary, how: Settlement, at: number): DecisionRecord {
  const { id, door, runId, sessionId, clientId, callId, workDir, asker } = asked;
  const { tool, action, targetPreview, act, riskLevel } = asked;
  return {
    id: newDecisionId(),
    at,
    permissionId: id,
    questionId: null,
    door,
    runId,
    sessionId,
    clientId,
    callId,
    workDir,
    asker,
    tool,
    action,
    targetPreview,
    act,
    riskLevel,
    ...how,
    waitedMs: Math.max(0, at - asked.askedAt),
  };
}

/** The ledger's row about a call that nobody was asked about. */
export function silentRecord(request: GateRequest, how: Settlement, at: number): DecisionRecord {
  const { origin, asker, tool, subject, presentation } = request;
  const { folder, ...whence } = origin;
  return {
    id: newDecisionId(),
    at,
    permissionId: null,
    questionId: null,
    ...whence,
    workDir: folder,
    asker,
    tool,
    action: subject.action,
    targetPreview: preview(subject.target, PREVIEW_LENGTH),
    act: presentation.act,
    riskLevel: highestRisk(presentation.risks),
    ...how,
    waitedMs: 0,
  };
}

/** Nothing may run on such an outcome: no call has an empty digest. */
export function unrecordedOutcome(permission: PermissionSummary | null): GateOutcome {
  return { ...NOT_RECORDED, permission, digest: "" };
}

export function newDecisionId(): DecisionId {
  return `dec_${randomHex()}` as DecisionId;
}
