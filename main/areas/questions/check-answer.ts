import type { Answer, Question } from "./contract.ts";
import { wrongInFields } from "./form/check-fields.ts";

export type Askable = Pick<Question, "choices" | "isSeveral" | "allowsText" | "fields">;

/** How a question can be answered. */
export function answerKinds({ choices, allowsText, fields }: Askable): readonly Answer["kind"][] {
  if (fields.length > 0) return ["form"];
  if (choices.length === 0) return ["text"];
  return allowsText ? ["choices", "text"] : ["choices"];
}

const HOW: Readonly<Record<Answer["kind"], string>> = {
  form: "This is answered by filling in its form.",
  choices: "This is answered with one of its choices.",
  text: "This is answered in words.",
};

/** Why this is no answer to the question, in words for whoever gave it; null when it is one. */
export function wrongInAnswer(question: Askable, answer: Answer): string | null {
  const kinds = answerKinds(question);
  if (!kinds.includes(answer.kind)) return HOW[kinds[0] ?? "text"];
  switch (answer.kind) {
    case "text":
      return answer.text.trim() === "" ? "An answer needs at least a word." : null;
    case "form":
      return wrongInFields(question.fields, answer.fields);
    case "choices": {
      const { values } = answer;
      const known = new Set(question.choices.map(({ value }) => value));
      if (values.length === 0) return "Choose at least one.";
      if (!values.every((value) => known.has(value))) return "That is not one of the choices.";
      if (new Set(values).size < values.length) return "Each can be chosen once.";
      return values.length > 1 && !question.isSeveral ? "Choose only one." : null;
    }
  }
}
