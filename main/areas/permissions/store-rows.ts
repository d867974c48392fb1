import type { Decider } from "../../contract/decider.ts";
import type { DecisionId, GrantId, PermissionId, QuestionId, RunId, SessionId } from "../../contract/ids.ts";
import type { Asker } from "../../contract/principal.ts";
import type { AskDoor, DecisionRecord, Grant, LedgerOutcome, PermissionSummary } from "./contract.ts";
import type { RememberedGrant } from "./grants.ts";
import type { Settlement } from "./outcome.ts";

/** Where it came from and who asked, as both tables have it. */
interface WhenceRow {
  door: AskDoor;
  run_id: string | null;
  session_id: string | null;
  client_id: string;
  call_id: string | null;
  work_dir: string;
  asker_kind: Asker["kind"];
  asker_id: string;
  asker_name: string;
}

export interface RequestRow extends WhenceRow {
  id: string;
  tool: string;
  action: string;
  target_preview: string;
  act: string;
  wants: string;
  risk_level: PermissionSummary["riskLevel"];
  digest: string;
  status: PermissionSummary["status"];
  asked_at: number;
  expires_at: number | null;
  settled_at: number | null;
  decided_by_kind: Decider["kind"] | null;
  decided_by_name: string | null;
  scope: PermissionSummary["scope"];
  reason: string | null;
}

export interface GrantRow {
  id: string;
  scope: Grant["scope"];
  owner: string;
  client_id: string;
  session_id: string | null;
  tool: string;
  action: string;
  target: string | null;
  work_dir: string;
  bound_to: string | null;
  sentence: string;
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
  use_count: number;
  stamp: string | null;
}

export interface DecisionRow extends WhenceRow {
  key: number;
  id: string;
  at: number;
  permission_id: string | null;
  question_id: string | null;
  tool: string;
  action: string;
  target_preview: string;
  act: string;
  risk_level: DecisionRecord["riskLevel"];
  outcome: LedgerOutcome;
  decided_by_kind: Decider["kind"];
  decided_by_name: string;
  scope: DecisionRecord["scope"];
  reason: string | null;
  waited_ms: number;
}

export const WHENCE_COLUMNS =
  "door, run_id, session_id, client_id, call_id, work_dir, asker_kind, asker_id, asker_name";
export const SUMMARY_COLUMNS = `id, ${WHENCE_COLUMNS}, tool, action, target_preview, act, wants, risk_level, digest, status, asked_at, expires_at, settled_at, decided_by_kind, decided_by_name, scope, reason`;

const toWhence = (row: WhenceRow) => ({
  door: row.door,
  runId: row.run_id as RunId | null,
  sessionId: row.session_id as SessionId | null,
  clientId: row.client_id,
  callId: row.call_id,
  workDir: row.work_dir,
  asker: { kind: row.asker_kind, id: row.asker_id, name: row.asker_name },
});

/** In the order of WHENCE_COLUMNS. */
export const whenceValues = (of: ReturnType<typeof toWhence>) => [
  of.door,
  of.runId,
  of.sessionId,
  of.clientId,
  of.callId,
  of.workDir,
  of.asker.kind,
  of.asker.id,
  of.asker.name,
];

const deciderOf = (row: RequestRow): Decider | null =>
  row.decided_by_kind === null ? null : { kind: row.decided_by_kind, name: row.decided_by_name ?? "" };

export function heldDenialOf(row: RequestRow): Settlement | null {
  const decidedBy = deciderOf(row);
  return decidedBy === null ? null : { outcome: "denied", decidedBy, scope: null, reason: row.reason };
}

export const toSummary = (row: RequestRow): PermissionSummary => ({
  id: row.id as PermissionId,
  ...toWhence(row),
  tool: row.tool,
  action: row.action,
  targetPreview: row.target_preview,
  act: row.act,
  wants: row.wants,
  sight: "card",
  riskLevel: row.risk_level,
  digest: row.digest,
  status: row.status,
  askedAt: row.asked_at,
  expiresAt: row.expires_at,
  settledAt: row.settled_at,
  // On a request that still waits they are a denial that is held back, of which nobody is told.
  decidedBy: row.status === "pending" ? null : deciderOf(row),
  scope: row.scope,
  reason: row.status === "pending" ? null : row.reason,
});

export const toGrant = (row: GrantRow): RememberedGrant => ({
  grant: {
    id: row.id as GrantId,
    scope: row.scope,
    owner: row.owner,
    clientId: row.client_id,
    sessionId: row.session_id,
    tool: row.tool,
    action: row.action,
    target: row.target,
    workDir: row.work_dir,
    sentence: row.sentence,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    useCount: row.use_count,
  },
  boundTo: row.bound_to,
});

export const toRecord = (row: DecisionRow): DecisionRecord => ({
  id: row.id as DecisionId,
  at: row.at,
  permissionId: row.permission_id as PermissionId | null,
  questionId: row.question_id as QuestionId | null,
  ...toWhence(row),
  tool: row.tool,
  action: row.action,
  targetPreview: row.target_preview,
  act: row.act,
  riskLevel: row.risk_level,
  outcome: row.outcome,
  decidedBy: { kind: row.decided_by_kind, name: row.decided_by_name },
  scope: row.scope,
  reason: row.reason,
  waitedMs: row.waited_ms,
});
