import type { RunId, SessionId } from "../../../contract/ids.ts";
import type { Asker } from "../../../contract/principal.ts";
import type { Inspection, Subject } from "../../inspection/contract.ts";
import type { Question } from "../../questions/contract.ts";
import type { LookAround } from "../../inspection/surroundings.ts";
import type { GateRequest } from "../../permissions/gate.ts";
import type { ToolResult } from "../../runs/contract.ts";
import type { ToolInfo } from "./contract.ts";

export type ToolArguments = Readonly<Record<string, unknown>>;

export interface ToolContext {
  readonly runId: RunId;
  readonly sessionId: SessionId;
  /** Who started the run, as that client names itself. */
  readonly clientId: string;
  readonly callId: string;
  /** Real path of the folder that tools work in. */
  readonly workspace: string;
  readonly signal: AbortSignal;
  /** Who started the run, and so answers for what it asks. */
  readonly asker: Asker;
  /** The run waits for a person's answer to this question, until what is given back is told of it. */
  readonly onQuestion: (question: Question) => (settled: Question) => void;
  /** The gate has allowed this very call. A tool that asks only for some calls refuses those without it. */
  readonly isPermitted?: true;
  /** What was allowed, as it was a moment ago. A tool runs this, or nothing. */
  readonly judged?: Subject;
}

/** What a call means and shows, and what the gate is to know of it besides. */
export interface ToolInspection extends Inspection, Pick<GateRequest, "isForPerson" | "rule"> {}

/**
 * Port to something an agent can do.
 *
 * Contract: `execute` never throws for reasons of the call's own (bad path, exit code, timeout): those are results
 * with `isError`. It stops soon after the signal aborts and leaves no process behind. `inspect` and `subject` do not
 * change anything and tolerate every argument object, however wrong.
 */
export interface Tool {
  readonly info: ToolInfo;
  /** Absent: needs no permission. */
  readonly permission?: {
    /** Absent: every call needs it. */
    isNeeded?(args: ToolArguments, context: ToolContext): boolean;
    /** What the call means and shows. What it acts on is looked at before what is shown, never after. */
    inspect(args: ToolArguments, context: ToolContext): Promise<ToolInspection>;
    /** What the call acts on by now, to be compared right before it runs. */
    subject(args: ToolArguments, context: ToolContext): Promise<Subject>;
  };
  execute(args: ToolArguments, context: ToolContext): Promise<ToolResult>;
}

/** Contract: `list` and `find` follow the settings as they are now. */
export interface ToolCatalog {
  list(): readonly Tool[];
  find(name: string): Tool | undefined;
}

/** A catalog to which areas add what an agent can do with them. */
export interface OpenToolCatalog extends ToolCatalog {
  /**
   * @param place before or after those that work on files
   * @param tools what is offered as the settings are now; the same tool is the same object each time
   */
  offer(place: "first" | "last", tools: () => readonly Tool[]): void;
  /** For calls that are made elsewhere: nothing of them runs here. */
  readonly look: LookAround;
}
