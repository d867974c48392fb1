import type { Decider } from "../../../../main/contract/decider.ts";
import type { Presentation } from "../../../../main/areas/inspection/contract.ts";
import type { LedgerOutcome, Outcome, Scope } from "../../../../main/areas/permissions/contract.ts";
import type { RunError, ToolResult } from "../../../../main/areas/runs/contract.ts";
import type { ToolCall, Usage } from "../../../../main/areas/sessions/contract.ts";
import type { PermissionId, QuestionId } from "../../../../main/contract/ids.ts";

export interface AskedPermission {
  readonly id: PermissionId;
  readonly action: string;
  readonly target: string;
  readonly askedAt: number;
  readonly expiresAt: number | null;
  readonly presentation: Presentation;
  readonly settled: {
    readonly at: number;
    readonly outcome: Outcome;
    readonly decidedBy: Decider;
    readonly scope: Scope | null;
    readonly reason: string | null;
  } | null;
}

export interface AskedQuestion {
  readonly id: QuestionId;
  readonly askedAt: number;
  readonly settled: {
    readonly at: number;
    readonly outcome: LedgerOutcome;
    readonly decidedBy: Decider;
  } | null;
}

interface BlockBase {
  /** The sequence number of the event that began it: unique, and stable while it grows. */
  readonly key: number;
  readonly at: number;
}

export interface PromptBlock extends BlockBase {
  readonly kind: "prompt";
  readonly text: string;
  readonly clientId: string;
  readonly skill: string | null;
}

export interface TextBlock extends BlockBase {
  readonly kind: "text";
  readonly chunks: readonly string[];
  readonly thinking: string;
  readonly model: string | null;
  /** `abandoned`: the stream broke and was tried again. */
  readonly state: "streaming" | "ended" | "abandoned";
  readonly isCutShort: boolean;
}

export interface ToolBlock extends BlockBase {
  readonly kind: "tool";
  readonly call: ToolCall;
  readonly permission: AskedPermission | null;
  /** What the call asked a person. */
  readonly question: AskedQuestion | null;
  readonly result: ToolResult | null;
  readonly decidedBy: Decider | null;
  readonly durationMs: number | null;
  /** The run ended before the tool did. */
  readonly isStopped: boolean;
}

export interface NoteBlock extends BlockBase {
  readonly kind: "note";
  readonly about: "retry" | "nudge" | "halt" | "error" | "compacted";
  readonly text: string;
  readonly detail: string | null;
}

export interface EndBlock extends BlockBase {
  readonly kind: "end";
  readonly status: "done" | "failed" | "canceled";
  readonly error: RunError | null;
}

export type Block = PromptBlock | TextBlock | ToolBlock | NoteBlock | EndBlock;

/** A run as a story. Grows by `fold`; what did not change keeps its identity. */
export interface Timeline {
  readonly lastSeq: number;
  readonly blocks: readonly Block[];
  /** Places of tool blocks without a result. */
  readonly openTools: readonly number[];
  /** Summed over the messages so far; null when no provider reported any. */
  readonly usage: Usage | null;
  readonly isEnded: boolean;
}

export const emptyTimeline: Timeline = {
  lastSeq: 0,
  blocks: [],
  openTools: [],
  usage: null,
  isEnded: false,
};
