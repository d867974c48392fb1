import type { Answer, Question } from "./contract.ts";

/** The answer as one text, for those who asked in words and for the ledger. */
export function answerWords(answer: Answer): string {
  switch (answer.kind) {
    case "text":
      return answer.text;
    case "choices":
      return answer.values.join("\n");
    case "form":
      return JSON.stringify(answer.fields);
  }
}

/** The same as a person reads it. */
export function answerLabels(
  { choices, fields }: Pick<Question, "choices" | "fields">,
  answer: Answer,
): string {
  switch (answer.kind) {
    case "text":
      return answer.text;
    case "choices":
      return answer.values
        .map((value) => choices.find((choice) => choice.value === value)?.label ?? value)
        .join(", ");
    case "form":
      return fields
        .flatMap(({ name, label }) => {
          const value = Object.hasOwn(answer.fields, name) ? answer.fields[name] : undefined;
          return value === undefined
            ? []
            : [`${label}: ${typeof value === "boolean" ? yesOrNo(value) : value}`];
        })
        .join(", ");
  }
}

const yesOrNo = (value: boolean) => (value ? "yes" : "no");
