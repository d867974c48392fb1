import type { Publish } from "../../kernel/bus.ts";
import type { Clock } from "../../kernel/clock.ts";
import { redact } from "../../kernel/redact.ts";
import type { diagnostics, RecordedError } from "./contract.ts";

const KEPT_ERRORS = 50;
const MAX_MESSAGE = 2000;

/** What went wrong and where: an area's name, or `run` with its ids. */
export interface ErrorReport {
  readonly source: string;
  readonly message: string;
  readonly runId?: string;
  readonly sessionId?: string;
  readonly clientId?: string;
}

export interface ErrorRecorder {
  /** Contract: never throws. Keys and tokens do not get past it; an empty message is not recorded. */
  record(report: ErrorReport): void;
  /** Newest first. */
  recent(limit: number): RecordedError[];
}

export function createErrorRecorder(deps: {
  readonly clock: Clock;
  readonly publish: Publish<typeof diagnostics>;
  /** Values that must not show, such as the daemon's own token. */
  readonly secrets: readonly string[];
}): ErrorRecorder {
  const errors: RecordedError[] = [];

  return {
    record(report) {
      // A key that the cut would leave half is found first, so the cut comes last.
      const message = redact(report.message.slice(0, MAX_MESSAGE * 2), deps.secrets).trim();
      if (message === "") return;
      const recorded: RecordedError = {
        at: deps.clock.now(),
        source: report.source,
        runId: report.runId ?? null,
        sessionId: report.sessionId ?? null,
        clientId: report.clientId || null,
        message: message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message,
      };
      errors.unshift(recorded);
      errors.length = Math.min(errors.length, KEPT_ERRORS);
      deps.publish("diagnostics.errorRecorded", recorded);
    },
    recent: (limit) => errors.slice(0, limit),
  };
}
