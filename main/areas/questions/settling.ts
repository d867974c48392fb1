import { isClick, type Decider } from "../../contract/decider.ts";
import type { QuestionId } from "../../contract/ids.ts";
import { quoted } from "../../contract/sentence.ts";
import { preview } from "../../contract/visible-text.ts";
import type { Publish } from "../../kernel/bus.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { GroupCommit } from "../../kernel/group-commit.ts";
import type { StorageHealth } from "../../kernel/storage-health.ts";
import { createWaiters, type Waiters } from "../../kernel/waiters.ts";
import type { PermissionService } from "../permissions/service.ts";
import { answerLabels } from "./answer-words.ts";
import type { Answer, Question, questions } from "./contract.ts";
import type { QuestionStore } from "./store.ts";

/** How a question came to its end. */
export interface Ending {
  readonly status: Exclude<Question["status"], "pending">;
  readonly answer: Answer | null;
  readonly decidedBy: Decider;
  readonly reason: string | null;
}

export interface QuestionSettling {
  /** Resolves with the question as it was settled. */
  readonly waiting: Waiters<QuestionId, Question, Question>;
  /** What was settled but could not be recorded, for as long as this process lives. */
  unrecorded(id: QuestionId): Question | null;
  /**
   * Records what a person said, then tells whoever asked, and everybody else.
   *
   * Contract: throws when it can't be recorded, or was settled already; the question goes on waiting then.
   */
  settle(question: Question, how: Ending): Question;
  /** Where nobody is there to be told of a failure: it ends, recorded or not. */
  end(question: Question, how: Ending): void;
  /** An earlier process asked, and nobody is there to hear the answer. */
  withdrawLeftBehind(left: readonly Question[]): void;
}

const PREVIEW_LENGTH = 200;
const ACT_LENGTH = 120;

const byGatehouse = (name: string): Decider => ({ kind: "system", name });

/** `reason` is what the asker's signal was aborted with. */
export function withdrawal(reason: unknown): Ending {
  const isExplained = typeof reason === "object" && reason !== null && "withdrawnBy" in reason;
  const { withdrawnBy, words } = isExplained
    ? (reason as { withdrawnBy: string; words: string })
    : { withdrawnBy: "cancel", words: "the run was canceled while this was waiting" };
  return { status: "withdrawn", answer: null, decidedBy: byGatehouse(withdrawnBy), reason: words };
}

const LEFT_BEHIND: Ending = {
  status: "withdrawn",
  answer: null,
  decidedBy: byGatehouse("restart"),
  reason: "Gatehouse stopped while this was waiting",
};

const timedOut = ({ onTimeout, defaultAnswer }: Question): Ending => ({
  status: "expired",
  answer: onTimeout === "default" ? defaultAnswer : null,
  decidedBy: { kind: "timeout", name: "" },
  reason: null,
});

export function createQuestionSettling(deps: {
  readonly store: QuestionStore;
  readonly commit: GroupCommit;
  readonly clock: Clock;
  readonly publish: Publish<typeof questions>;
  readonly report: (error: unknown) => void;
  readonly health: Pick<StorageHealth, "listen">;
  readonly ledgerRow: PermissionService["ledgerRow"];
}): QuestionSettling {
  const { store, commit, clock, publish, report } = deps;
  const unrecorded = new Map<QuestionId, Question>();

  const waiting = createWaiters<QuestionId, Question, Question>({
    clock,
    timedOut: (question) => end(question, timedOut(question)),
    aborted: (question, reason) => end(question, withdrawal(reason)),
  });

  const begin = (question: Question, how: Ending) => {
    const settled: Question = { ...question, ...how, settledAt: clock.now() };
    const row = deps.ledgerRow(ledgerRowOf(settled, how), question.text);
    return {
      settled,
      write() {
        if (!store.settle(settled)) throw new Error("the question is not on record as pending");
        row.write();
      },
      tell() {
        waiting.take(question.id)?.(settled);
        publish("questions.settled", settled);
      },
      tellLedger: row.tell,
    };
  };

  const settle: QuestionSettling["settle"] = (question, how) => {
    const settlement = begin(question, how);
    if (isClick(how.decidedBy)) commit.durably(settlement.write);
    else commit.now(settlement.write);
    settlement.tell();
    settlement.tellLedger();
    return settlement.settled;
  };

  const end: QuestionSettling["end"] = (question, how) => {
    const settlement = begin(question, how);
    try {
      commit.now(settlement.write);
    } catch (error) {
      report(error);
      unrecorded.set(question.id, settlement.settled);
      settlement.tell();
      return;
    }
    settlement.tell();
    settlement.tellLedger();
  };

  deps.health.listen((trouble) => {
    if (trouble !== null) return;
    for (const settled of unrecorded.values()) {
      const row = deps.ledgerRow(ledgerRowOf(settled, settled), settled.text);
      commit.queue(
        () => {
          // One that never got on record has no row to settle.
          store.settle(settled);
          row.write();
        },
        () => {
          unrecorded.delete(settled.id);
          row.tell();
        },
        report,
      );
    }
  });

  return {
    waiting,
    unrecorded: (id) => unrecorded.get(id) ?? null,
    settle,
    end,
    withdrawLeftBehind(left) {
      if (left.length === 0) return;
      commit.now(() => {
        for (const question of left) begin(question, LEFT_BEHIND).write();
      });
    },
  };
}

function ledgerRowOf(
  settled: Question,
  { status, answer, decidedBy, reason }: Pick<Question, "status" | "answer" | "decidedBy" | "reason">,
): Parameters<PermissionService["ledgerRow"]>[0] {
  const { id, door, runId, sessionId, clientId, callId, workDir, asker, text } = settled;
  const at = settled.settledAt ?? settled.askedAt;
  return {
    at,
    permissionId: null,
    questionId: id,
    door,
    runId,
    sessionId,
    clientId,
    callId,
    workDir,
    asker,
    tool: "ask_person",
    action: "ask",
    targetPreview: preview(text, PREVIEW_LENGTH),
    act: `ask ${quoted(text, ACT_LENGTH)}`,
    riskLevel: null,
    outcome: status === "pending" ? "withdrawn" : status,
    decidedBy: decidedBy ?? byGatehouse("restart"),
    scope: null,
    reason: answer === null ? reason : answerLabels(settled, answer),
    waitedMs: Math.max(0, at - settled.askedAt),
  };
}
