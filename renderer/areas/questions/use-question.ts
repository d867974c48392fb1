import { useEffect, useState } from "react";
import type { Question } from "../../../main/areas/questions/contract.ts";
import type { QuestionId } from "../../../main/contract/ids.ts";
import { asCallError, type CallError } from "../../client/errors.ts";
import { useFollowed } from "../../client/use-followed.ts";
import { calls } from "./calls.ts";
import { useOpenQuestions } from "./open-store.ts";

interface Loaded {
  readonly question: Question | null;
  readonly error: CallError | null;
}

/** A question by its id, as it is now: one that waits is followed, another is read once. */
export function useQuestion(id: QuestionId | null): Loaded {
  const { data } = useFollowed(useOpenQuestions);
  const followed = [...data.waiting, ...data.settled].find((question) => question.id === id) ?? null;
  const [read, setRead] = useState<(Loaded & { readonly id: QuestionId }) | null>(null);
  const isNeeded = id !== null && followed === null && read?.id !== id;
  useEffect(() => {
    if (!isNeeded) return;
    let isOver = false;
    calls.getQuestion({ id }).then(
      (question) => isOver || setRead({ id, question, error: null }),
      (caught: unknown) => isOver || setRead({ id, question: null, error: asCallError(caught) }),
    );
    return () => {
      isOver = true;
    };
  }, [id, isNeeded]);
  if (followed !== null) return { question: followed, error: null };
  return read?.id === id ? read : { question: null, error: null };
}
