import type { RunId, SessionId } from "../../../contract/ids.ts";
import type { Presentation, Subject } from "../../inspection/contract.ts";
import type { ToolResult } from "../../runs/contract.ts";
import type { ToolInfo } from "./contract.ts";

export type ToolArguments = Readonly<Record<string, unknown>>;

export interface ToolContext {
  readonly runId: RunId;
  readonly sessionId: SessionId;
  /** Real path of the folder that tools work in. */
  readonly workspace: string;
  readonly signal: AbortSignal;
}

/**
 * Port to something an agent can do.
 *
 * Contract: `execute` never throws for reasons of the call's own (bad path, exit code, timeout): those are results
 * with `isError`. It stops soon after the signal aborts and leaves no process behind. `subject` and `present` do not
 * change anything and tolerate every argument object, however wrong.
 */
export interface Tool {
  readonly info: ToolInfo;
  /** Absent: needs no permission. */
  readonly permission?: {
    subject(args: ToolArguments, context: ToolContext): Promise<Subject>;
    present(args: ToolArguments, context: ToolContext): Promise<Presentation>;
  };
  execute(args: ToolArguments, context: ToolContext): Promise<ToolResult>;
}

/** Contract: `list` and `find` follow the settings as they are now. */
export interface ToolCatalog {
  list(): readonly Tool[];
  find(name: string): Tool | undefined;
}
