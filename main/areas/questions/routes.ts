import type { Routes } from "../../contract/define.ts";
import type { questions } from "./contract.ts";
import type { QuestionService } from "./service.ts";

export function createQuestionRoutes(service: QuestionService): Routes<typeof questions> {
  return {
    ask: (input, principal) => service.ask(input, principal),
    waitForAnswer: ({ id, waitMs }, principal, presence) =>
      service.waitForAnswer(id, waitMs, principal, presence),
    cancel: ({ id }, principal) => service.cancel(id, principal),
    listPending: () => ({ questions: service.pending() }),
    getQuestion: ({ id }) => service.get(id),
    answer: ({ id, answer }, principal) => service.answer(id, answer, principal),
    decline: ({ id, reason }, principal) => service.decline(id, reason, principal),
  };
}
