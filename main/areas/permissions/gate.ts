import type { Decider } from "../../contract/decider.ts";
import type { Asker } from "../../contract/principal.ts";
import type { Presentation, Refusal, Subject } from "../inspection/contract.ts";
import type { PolicyVerdict } from "./policy.ts";
import type { Origin, Outcome, PermissionSummary, Scope } from "./contract.ts";

/** A question to the gate, as data. Whoever asks has had the call inspected before. */
export interface GateRequest {
  readonly origin: Origin;
  readonly asker: Asker;
  /** Name of the tool, as its agent knows it. */
  readonly tool: string;
  readonly arguments: unknown;
  readonly subject: Subject;
  readonly presentation: Presentation;
  /** It can't run, so nobody is asked. */
  readonly refusal?: Refusal;
  /** What the call acts on by then. For an origin that runs the call here; the others can't know. */
  readonly recheck?: () => Promise<Subject>;
  /** Neither a rule nor a grant nor anybody else says yes to it. */
  readonly isForPerson?: true;
  /** It would change the rules themselves, so they have no say in it. */
  readonly isAboutRules?: true;
  /** What the person's settings say of such calls besides: a denial goes before the tier, a yes behind the grants. */
  readonly rule?: PolicyVerdict;
  /** Aborted when nobody is there any more to hear the answer; `Withdrawal` as the reason says why in words. */
  readonly signal: AbortSignal;
  /** Called before an answer counts: has the signal abort where the asker is gone and no timer has told yet. */
  readonly lookAgain?: () => void;
}

/** `reason` is the words for the agent when it was not allowed. */
export interface GateOutcome {
  readonly outcome: Outcome;
  readonly decidedBy: Decider;
  readonly scope: Scope | null;
  readonly reason: string | null;
  /** Null when nobody was asked. */
  readonly permission: PermissionSummary | null;
  /** `requestDigest` of what was answered; "" when the outcome is not on record. */
  readonly digest: string;
}

export interface GateAnswer extends GateOutcome {
  /**
   * Whether the call still is what was allowed: to be asked right before it runs. Never true for a request that came
   * without `recheck`, nor when the outcome is not on record.
   */
  isUnchanged(): Promise<boolean>;
}

/** Why a request waits no longer although nobody answered it: what its signal is aborted with. */
export interface Withdrawal {
  /** Whoever asked took it back, or has gone away. The ledger names it. */
  readonly withdrawnBy: "asker" | "left";
  readonly words: string;
}
