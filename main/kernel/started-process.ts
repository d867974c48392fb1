import type { ChildProcess } from "node:child_process";
import type { FileAsFound } from "./program-file.ts";

/** What is to be started, and what has to be as it was judged for that. */
export interface StartRequest {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** Written to standard input, which is empty otherwise. */
  readonly input?: string;
  /** From asking the processes to end until killing them. */
  readonly graceMs: number;
  readonly judged?: Judged;
}

/** What was looked at before. Anything else in its place is not run: `ChangedBeforeStart`. */
export interface Judged {
  /** The open folder to run in; `cwd` is only its name. It stays the caller's. */
  readonly folder?: number;
  readonly program?: FileAsFound;
  /** Files that the command leads to. */
  readonly files?: readonly FileAsFound[];
  /** The content of the script that word `argument` names, which is run from a copy that nobody can change. */
  readonly copy?: { readonly argument: number; readonly content: Buffer };
}

export class ChangedBeforeStart extends Error {
  constructor(what: string) {
    super(`the ${what} changed between being judged and being started`);
    this.name = "ChangedBeforeStart";
  }
}

export interface HowItEnded {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Something could not be killed: what runs as another user, or hangs in the system. */
  readonly isLeft: boolean;
}

export interface StartedProcess {
  readonly child: ChildProcess;
  /** When the program and all that it started are gone. Contract: rejects only if it was not started. */
  readonly gone: Promise<HowItEnded>;
  /** Asks all of it to end; what has not ended after `graceMs` is killed. */
  end(): void;
}
