import { useState } from "react";
import type { Answer, Question } from "../../../main/areas/questions/contract.ts";
import type { QuestionId } from "../../../main/contract/ids.ts";
import { asCallError, hasCode, type CallError } from "../../client/errors.ts";
import { calls } from "./calls.ts";
import { settled, useOpenQuestions } from "./open-store.ts";
import { dropDraft } from "./drafts.ts";

/** What a person says: an answer, or that there is none, with or without a word. */
export type Said = Answer | { readonly kind: "declined"; readonly reason: string };

export interface Answered {
  readonly question: Question;
  /** Somebody else was first. */
  readonly isLate: boolean;
}

/** What became of it. */
export type Sending =
  | { readonly step: "open" | "late" }
  | { readonly step: "sending"; readonly kind: Said["kind"] }
  | { readonly step: "failed"; readonly error: CallError };

async function give(id: QuestionId, said: Said): Promise<Answered> {
  try {
    const question = await send(id, said);
    return told(question, false);
  } catch (caught) {
    if (!hasCode(caught, "questions.already_settled")) throw caught;
    return told(await calls.getQuestion({ id }), true);
  }
}

function send(id: QuestionId, said: Said): Promise<Question> {
  if (said.kind !== "declined") return calls.answer({ id, answer: said });
  const reason = said.reason.trim();
  return calls.decline({ id, ...(reason === "" ? {} : { reason }) });
}

function told(question: Question, isLate: boolean): Answered {
  dropDraft(question.id);
  useOpenQuestions.update((state) => settled(state, question));
  return { question, isLate };
}

/** Sends once at a time. Null: it did not get through, or another answer is on its way. */
export function useSending(): readonly [Sending, (id: QuestionId, said: Said) => Promise<Answered | null>] {
  const [sending, setSending] = useState<Sending>({ step: "open" });
  const attempt = async (id: QuestionId, said: Said) => {
    if (sending.step === "sending") return null;
    setSending({ step: "sending", kind: said.kind });
    try {
      const answered = await give(id, said);
      setSending({ step: answered.isLate ? "late" : "open" });
      return answered;
    } catch (caught) {
      setSending({ step: "failed", error: asCallError(caught) });
      return null;
    }
  };
  return [sending, attempt];
}
