import { useState } from "react";
import type { CallError } from "../../client/errors.ts";
import { asCallError } from "../../client/errors.ts";
import type { PermissionRequest } from "../../../main/areas/permissions/contract.ts";
import { answer, type Answer, type Answered } from "./answer.ts";

interface Fields {
  readonly note: string;
  readonly isNoting: boolean;
  readonly isChoosing: boolean;
  readonly busy: Answer["decision"] | null;
  readonly error: CallError | null;
}

export interface CardState extends Fields {
  readonly set: (change: Partial<Fields>) => void;
  readonly give: (request: PermissionRequest, given: Answer) => Promise<Answered | null>;
}

const fresh: Fields = { note: "", isNoting: false, isChoosing: false, busy: null, error: null };

/** What a person does with one card. Give the component a key with the request's id: notes must not wander. */
export function useCard(): CardState {
  const [fields, setFields] = useState<Fields>(fresh);
  const set = (change: Partial<Fields>) => setFields((before) => ({ ...before, ...change }));
  const give = async (request: PermissionRequest, given: Answer) => {
    if (fields.busy !== null) return null;
    set({ busy: given.decision, error: null });
    try {
      return await answer(request, given);
    } catch (caught) {
      set({ busy: null, error: asCallError(caught) });
      return null;
    }
  };
  return { ...fields, set, give };
}
