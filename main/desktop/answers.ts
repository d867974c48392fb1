import type { Answer } from "../areas/questions/contract.ts";
import { AppError } from "../contract/errors.ts";
import type { PermissionId, QuestionId } from "../contract/ids.ts";
import { personAt } from "../contract/principal.ts";
import type { Log } from "../kernel/log.ts";
import type { DesktopDaemon } from "./daemon.ts";

export type AnswerDoor = "tray" | "notification";

/** Answers given outside a page: in the tray's menu or on a notification. */
export interface Answers {
  decide(id: PermissionId, decision: "allow" | "deny", from: AnswerDoor): void;
  answer(id: QuestionId, answer: Answer, from: AnswerDoor): void;
  decline(id: QuestionId, from: AnswerDoor): void;
}

/** `failed` shows what waits, so that an answer that did not count is seen not to have counted. */
export function createAnswers(
  { permissions, questions }: Pick<DesktopDaemon["routes"], "permissions" | "questions">,
  log: Log,
  failed: (id: string) => void,
): Answers {
  const give = async (id: string, from: AnswerDoor, attempt: () => unknown) => {
    try {
      await attempt();
    } catch (error) {
      log.warn({ err: error, waitingId: id, from }, "an answer did not count");
      const isLate = error instanceof AppError && error.code.endsWith(".already_settled");
      if (!isLate) failed(id);
    }
  };
  return {
    decide: (id, decision, from) =>
      void give(id, from, () => permissions.decide({ id, decision, scope: "once" }, personAt(from))),
    answer: (id, answer, from) => void give(id, from, () => questions.answer({ id, answer }, personAt(from))),
    decline: (id, from) => void give(id, from, () => questions.decline({ id }, personAt(from))),
  };
}
