import type { Question, questions } from "../../../main/areas/questions/contract.ts";
import type { WaitingItem } from "../../../main/areas/waiting/contract.ts";
import { followedStore } from "../../client/followed-store.ts";
import { noteAnswer } from "../permissions/last-act.ts";
import type { WaitingList } from "../waiting-kind.ts";
import { snapshots } from "./calls.ts";
import { dropDraft } from "./drafts.ts";

export type WaitingQuestion = Extract<WaitingItem, { readonly kind: "question" }>;
type Open = WaitingList<WaitingQuestion>;

const rememberedSettled = 50;

const waitingQuestion = (question: Question): WaitingQuestion => ({ ...question, kind: "question" });

export function asked(state: Open, question: Question): Open {
  if (state.waiting.some(({ id }) => id === question.id)) return state;
  return { ...state, waiting: [...state.waiting, waitingQuestion(question)] };
}

/** The first word about the outcome counts: our own answer comes back once more as an event. */
export function settled(state: Open, question: Question): Open {
  const isKnown = state.settled.some(({ id }) => id === question.id);
  return {
    waiting: state.waiting.filter(({ id }) => id !== question.id),
    settled: isKnown
      ? state.settled
      : [waitingQuestion(question), ...state.settled].slice(0, rememberedSettled),
  };
}

/** Questions that wait, and those that were settled while this page looked on. */
export const useOpenQuestions = followedStore<typeof questions, Open>({
  area: "questions",
  empty: { waiting: [], settled: [] },
  load: async ({ settled: before }) => {
    const { value, seq } = await snapshots.listPending();
    return { value: { settled: before, waiting: value.questions.map(waitingQuestion) }, seq };
  },
  reducers: {
    asked,
    settled(state, question) {
      noteAnswer(question.decidedBy);
      dropDraft(question.id);
      return settled(state, question);
    },
  },
});
