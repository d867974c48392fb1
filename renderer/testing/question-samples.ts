import type { Question } from "../../main/areas/questions/contract.ts";
import type { QuestionId, RunId, SessionId } from "../../main/contract/ids.ts";

/** Which of two branches, asked by a run. */
export const questionSample = (change: Partial<Question> = {}): Question => ({
  id: `ques_${"1".repeat(32)}` as QuestionId,
  door: "run",
  runId: `run_${"1".repeat(32)}` as RunId,
  sessionId: "refactor" as SessionId,
  clientId: "claude-code",
  callId: null,
  asker: { kind: "owner", id: "owner", name: "" },
  workDir: "/home/ada/app",
  text: "Which branch?",
  choices: [
    { value: "main", label: "main", description: null },
    { value: "release", label: "release/2", description: null },
  ],
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
});
