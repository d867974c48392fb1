import type { RunId, SessionId } from "../../contract/ids.ts";
import type { Tool, ToolArguments, ToolContext } from "../catalogs/tools/tool.ts";
import type { Decider, Outcome, PermissionSummary, Scope } from "./contract.ts";

export interface GateRequest {
  readonly runId: RunId;
  readonly sessionId: SessionId;
  readonly clientId: string;
  readonly tool: Tool;
  readonly arguments: ToolArguments;
  readonly context: ToolContext;
  readonly signal: AbortSignal;
}

/** `reason` is the words for the agent when it was not allowed. */
export interface GateAnswer {
  readonly outcome: Outcome;
  readonly decidedBy: Decider;
  readonly scope: Scope | null;
  readonly reason: string | null;
  /** Null when nobody was asked. */
  readonly permission: PermissionSummary | null;
  /** `requestDigest` of what was allowed; the caller makes it anew and compares right before it executes. */
  readonly digest: string;
}
