import type { Notice, NoticeAction } from "../../areas/notifications/notice.ts";
import { chosenBy } from "../../areas/notifications/question-notice.ts";
import type { WaitingItem } from "../../areas/waiting/contract.ts";
import type { QuestionId } from "../../contract/ids.ts";
import type { Answers } from "../answers.ts";
import type { MainWindow } from "../windows/main-window.ts";
import type { OnNoticeAction } from "./backend.ts";

/** What a press on a notification does. */
export function createNoticeReaction(deps: {
  readonly answers: Answers;
  readonly waiting: () => readonly WaitingItem[];
  readonly showWaiting: (id: string | null) => void;
  readonly window: Pick<MainWindow, "open">;
}): OnNoticeAction {
  const { answers, showWaiting, window } = deps;

  const answerQuestion = (id: QuestionId, action: NoticeAction, words: string) => {
    if (action === "decline") return answers.decline(id, "notification");
    if (action === "reply") return answers.answer(id, { kind: "text", text: words }, "notification");
    const question = deps.waiting().find((item) => item.id === id);
    const value = question?.kind === "question" ? chosenBy(question, action) : null;
    if (value === null) return showWaiting(id);
    answers.answer(id, { kind: "choices", values: [value] }, "notification");
  };

  return ({ subject }: Notice, action, words = "") => {
    switch (subject.kind) {
      case "permission":
        return action === "allow" || action === "deny"
          ? answers.decide(subject.id, action, "notification")
          : showWaiting(subject.id);
      case "question":
        return answerQuestion(subject.id, action, words);
      case "waiting":
        return showWaiting(null);
      case "run":
        return window.open({ runId: subject.id });
      case "runs":
      case "loosened":
        return window.open();
    }
  };
}
