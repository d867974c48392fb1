import type { Message, Session } from "../sessions/contract.ts";
import type { Run } from "./contract.ts";
import type { OpenLog } from "./event-log.ts";
import { userMessage } from "./loop/messages.ts";
import type { ResolvedModel, StartRunInput } from "./service.ts";

/** A run that goes on. */
export interface ActiveRun {
  run: Run;
  readonly input: StartRunInput;
  readonly model: ResolvedModel;
  readonly log: OpenLog;
  /** Its session's own folder. */
  readonly workspace: string | null;
  readonly abort: AbortController;
  readonly leaveRoom: () => void;
  key: number;
  /** As the database has it. A short run is over before its first commit and is written once. */
  recorded: Run | null;
  /** Part of the transaction that records the end; there is nothing to save before. */
  saveOutcome: () => void;
  /** As it is with this run's messages, once they are saved. */
  session: Session | null;
  ended: Promise<void>;
}

export const promptOf = ({ input, run }: ActiveRun): Message => userMessage(input.text, run.startedAt);
