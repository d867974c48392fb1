import { useState } from "react";
import type { Choice, PermissionRequest } from "../../../main/areas/permissions/contract.ts";
import { asCallError, type CallError } from "../../client/errors.ts";
import { answer, type Answer, type Answered } from "./answer.ts";

/** What became of an answer. `late`: somebody else was first, and the request says what was decided. */
export type Sending =
  | { readonly step: "open" | "late" }
  | { readonly step: "sending"; readonly decision: Answer["decision"] }
  | { readonly step: "failed"; readonly error: CallError };

interface Draft {
  readonly note: string;
  readonly isNoting: boolean;
  readonly isChoosing: boolean;
  /** What was chosen and is asked back about. */
  readonly asking: Choice | null;
}

const untouched: Draft = { note: "", isNoting: false, isChoosing: false, asking: null };

export interface AnswerState extends Draft {
  readonly sending: Sending;
  readonly set: (change: Partial<Draft>) => void;
  /** Null: it did not get through, or another answer is on its way. */
  readonly give: (request: PermissionRequest, given: Answer) => Promise<Answered | null>;
}

/** What a person does with one request. Give the component a key with the request's id: a note is for one request. */
export function useAnswer(): AnswerState {
  const [draft, setDraft] = useState(untouched);
  const [sending, setSending] = useState<Sending>({ step: "open" });
  const give = async (request: PermissionRequest, given: Answer) => {
    if (sending.step === "sending") return null;
    setSending({ step: "sending", decision: given.decision });
    try {
      const answered = await answer(request, given);
      setSending({ step: answered.isLate ? "late" : "open" });
      return answered;
    } catch (caught) {
      setSending({ step: "failed", error: asCallError(caught) });
      return null;
    }
  };
  return {
    ...draft,
    sending,
    set: (change) => setDraft((before) => ({ ...before, ...change })),
    give,
  };
}
