import { create } from "zustand";
import type { Answer, Question } from "../../../main/areas/questions/contract.ts";

export type FieldValue = string | boolean;

/** What a person has begun to say. */
export interface Draft {
  readonly text: string;
  /** Values of choices, of which several may be picked. */
  readonly picked: readonly string[];
  /** As they stand in the form. */
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly reason: string;
  /** The field for the reason, or for words beside choices, is open. */
  readonly isSayingWhy: boolean;
  readonly isWriting: boolean;
}

/** A few that were left half-written; what is answered is dropped. */
const kept = 100;

/** Kept by question, so that another card, Later and closing lose nothing of it. */
const useDrafts = create<{ readonly byId: ReadonlyMap<string, Draft> }>(() => ({ byId: new Map() }));

export function useDraft(question: Question): readonly [Draft, (change: Partial<Draft>) => void] {
  const draft = useDrafts(({ byId }) => byId.get(question.id)) ?? null;
  const shown = draft ?? firstDraft(question);
  const change = (changes: Partial<Draft>) =>
    useDrafts.setState(({ byId }) => {
      const next = new Map(byId);
      const before = next.get(question.id) ?? firstDraft(question);
      next.delete(question.id);
      next.set(question.id, { ...before, ...changes });
      for (const oldest of next.keys()) {
        if (next.size <= kept) break;
        next.delete(oldest);
      }
      return { byId: next };
    });
  return [shown, change];
}

export function dropDraft(id: string): void {
  useDrafts.setState((state) => {
    if (!state.byId.has(id)) return state;
    const next = new Map(state.byId);
    next.delete(id);
    return { byId: next };
  });
}

/** What the agent would go on with stands there already, to be sent or changed. */
export function firstDraft({ defaultAnswer, fields, choices }: Question): Draft {
  const given = defaultAnswer?.kind === "form" ? defaultAnswer.fields : {};
  return {
    text: defaultAnswer?.kind === "text" && choices.length === 0 ? defaultAnswer.text : "",
    picked: defaultAnswer?.kind === "choices" ? defaultAnswer.values : [],
    fields: Object.fromEntries(
      fields.map((field) => {
        const value = Object.hasOwn(given, field.name) ? given[field.name] : undefined;
        if (field.type === "boolean") return [field.name, value === true];
        return [field.name, value === undefined ? "" : String(value)];
      }),
    ),
    reason: "",
    isSayingWhy: false,
    isWriting: false,
  };
}

/** The answer that sending gives; null while something is missing. */
export function answerIn(question: Question, { text, picked, fields, isWriting }: Draft): Answer | null {
  if (question.fields.length > 0) return formIn(question, fields);
  if (question.choices.length === 0 || isWriting) return text.trim() === "" ? null : { kind: "text", text };
  // In the order in which they are offered.
  const values = question.choices.flatMap(({ value }) => (picked.includes(value) ? [value] : []));
  return values.length === 0 ? null : { kind: "choices", values };
}

function formIn({ fields }: Question, given: Draft["fields"]): Answer | null {
  const values: Record<string, string | number | boolean> = {};
  for (const { name, type, isRequired } of fields) {
    const value = given[name] ?? "";
    if (typeof value === "boolean") values[name] = value;
    else if (value.trim() !== "")
      values[name] = type === "number" || type === "integer" ? Number(value) : value;
    else if (isRequired) return null;
  }
  return { kind: "form", fields: values };
}
