import type { GroupCommit } from "../../kernel/group-commit.ts";
import { atOnce } from "../../kernel/slices.ts";
import type { Message } from "../sessions/contract.ts";
import type { SessionService } from "../sessions/service.ts";
import type { RunEvent } from "./contract.ts";
import type { EventStore } from "./store/event-store.ts";
import type { RunStore } from "./store/run-store.ts";
import { toolMessage } from "./tool-message.ts";

const INTERRUPTED = { code: "interrupted", message: "Gatehouse stopped while this run was going on" };

/**
 * Ends the runs that an earlier process left open: a terminal event for those who replay, their messages for the
 * session, and a status that no longer says active.
 */
export function recoverRuns(deps: {
  readonly store: RunStore;
  readonly eventStore: EventStore;
  readonly sessions: SessionService;
  readonly commit: GroupCommit;
  readonly now: number;
}): void {
  const { store, eventStore, sessions, commit, now } = deps;
  for (const { key, run } of store.unended()) {
    commit.now(() => {
      const events = readAll(eventStore, key);
      const last = events.at(-1);
      const seq = (last?.seq ?? 0) + 1;
      const isEnded = last?.type === "run_done" || last?.type === "run_error";
      if (!isEnded) {
        const ending: RunEvent = { seq, at: now, type: "run_error", ...INTERRUPTED };
        eventStore.appendEvents(key, { events: [ending], lastSeq: seq });
      }
      sessions.append(run.sessionId, run.id, messagesOf(events), null);
      const error = last?.type === "run_done" ? null : last?.type === "run_error" ? last : INTERRUPTED;
      store.end(key, {
        ...run,
        status: error === null ? "done" : error.code === "canceled" ? "canceled" : "failed",
        endedAt: isEnded ? last.at : now,
        error,
        toolCalls: events.filter((event) => event.type === "tool_start").length,
        lastSeq: isEnded ? last.seq : seq,
      });
    });
  }
}

function readAll(store: EventStore, key: number): RunEvent[] {
  const all: RunEvent[] = [];
  for (;;) {
    const events = atOnce(store.readEvents(key, all.at(-1)?.seq ?? 0));
    if (events.length === 0) return all;
    all.push(...events);
  }
}

/** The messages that the run would have added to its session, as far as it got. */
function messagesOf(events: readonly RunEvent[]): Message[] {
  return events.flatMap((event): Message[] => {
    switch (event.type) {
      case "run_start":
        return event.skill === undefined
          ? [{ role: "user", content: [{ type: "text", text: event.prompt }], createdAt: event.at }]
          : [];
      case "message_end":
        return [event.message];
      case "guardrail":
        return event.message === undefined ? [] : [event.message];
      case "tool_end":
        return [toolMessage(event)];
      default:
        return [];
    }
  });
}
