import { useFollowed } from "../../client/use-followed.ts";
import { clientName } from "../permissions/outcome-words.ts";
import type { WaitingKind } from "../waiting-kind.ts";
import { useOpenQuestions, type WaitingQuestion } from "./open-store.ts";
import { PopupCard } from "./PopupCard.tsx";
import { QuestionRow } from "./QuestionRow.tsx";
import { questionTitle } from "./question-words.ts";

/** Questions among all that waits. */
export const questionKind: WaitingKind<WaitingQuestion> = {
  useList: () => useFollowed(useOpenQuestions),
  reload: useOpenQuestions.reload,
  title: questionTitle,
  from: ({ clientId }) => clientName(clientId),
  announcement: (question) =>
    `${clientName(question.clientId)} asks you: ${questionTitle(question).replaceAll("`", "")}`,
  keywords: ({ clientId, sessionId, workDir, text, choices }) => [
    clientId,
    sessionId ?? "",
    workDir,
    text,
    ...choices.map(({ label }) => label),
  ],
  // All of it is known from the beginning.
  readAhead: () => {},
  PopupCard,
  Row: QuestionRow,
};
