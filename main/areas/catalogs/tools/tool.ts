import type { RunId, SessionId } from "../../../contract/ids.ts";
import type { Presentation } from "../../inspection/contract.ts";
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

/** What a permission rule needs to know of a call beyond its name. */
export interface PermissionSubject {
  readonly action: string;
  readonly target: string;
  /** SHA-256 over what `target` says in words: two calls may have the same words and must not share a grant. */
  readonly fingerprint?: string;
  /** What the call meets where it acts, as it is now. The gate lets nothing run that meets something else. */
  readonly state?: string;
  /**
   * Set for calls that run a program. `program` is the inner program behind wrappers such as `env` or `timeout`.
   * `inline` says that it is a shell or interpreter given code on the command line or none at all: never remembered.
   * `script` is the file that a shell or interpreter was given, bound by the SHA-256 of its content.
   */
  readonly execution?: {
    readonly program: string;
    readonly inline: boolean;
    readonly script: { readonly path: string; readonly digest: string } | null;
    /**
     * SHA-256 over the words, folder and input of the command. `target` joins the words by blanks, as Glue's clients
     * expect, so `rm "a b"` and `rm a b` have the same one; what remembers a target compares this as well.
     */
    readonly fingerprint?: string;
  };
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
    subject(args: ToolArguments, context: ToolContext): Promise<PermissionSubject>;
    present(args: ToolArguments, context: ToolContext): Promise<Presentation>;
  };
  execute(args: ToolArguments, context: ToolContext): Promise<ToolResult>;
}

/** Contract: `list` and `find` follow the settings as they are now. */
export interface ToolCatalog {
  list(): readonly Tool[];
  find(name: string): Tool | undefined;
}
