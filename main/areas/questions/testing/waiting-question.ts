import type { QuestionId, RunId, SessionId } from "../../../contract/ids.ts";
import type { WaitingQuestion } from "../../waiting/contract.ts";

/** A question as menus and notices see it: which of two branches. */
export function waitingQuestionSample(change: Partial<WaitingQuestion> = {}): WaitingQuestion {
  return {
    kind: "question",
    id: `ques_${"1".repeat(32)}` as QuestionId,
    door: "run",
    runId: `run_${"1".repeat(32)}` as RunId,
    sessionId: "s" as SessionId,
    clientId: "claude-code",
    callId: null,
    asker: { kind: "owner", id: "owner", name: "" },
    workDir: "/app",
    text: "Which branch?",
    choices: [choiceSample("main"), choiceSample("release/2")],
    isSeveral: false,
    allowsText: false,
    fields: [],
    defaultAnswer: null,
    urgency: "normal",
    onTimeout: "unanswered",
    status: "pending",
    askedAt: 0,
    expiresAt: null,
    settledAt: null,
    answer: null,
    decidedBy: null,
    reason: null,
    ...change,
  };
}

export const choiceSample = (value: string, label = value, description: string | null = null) => ({
  value,
  label,
  description,
});
