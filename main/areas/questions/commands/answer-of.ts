import type { Answer, FormField, Question } from "../contract.ts";

/** What was typed, as an answer; or why it can't be one. */
export type TypedAnswer = { readonly answer: Answer } | { readonly wrong: string };

type Asked = Pick<Question, "choices" | "isSeveral" | "allowsText" | "fields">;

/**
 * Reads words as a person types them: the number or the name of a choice, several with commas or as words of their own,
 * `field=value` for a form, and anything else as it is.
 */
export function answerOf(question: Asked, words: readonly string[]): TypedAnswer {
  if (question.fields.length > 0) return formOf(question.fields, words);
  const text = words.join(" ").trim();
  if (question.choices.length === 0) return { answer: { kind: "text", text } };
  const whole = choiceNamed(question, text);
  if (whole !== null) return { answer: { kind: "choices", values: [whole] } };
  const parts = words.flatMap((word) => word.split(",")).flatMap((word) => word.trim() || []);
  const found = parts.map((part) => choiceNamed(question, part));
  if (question.isSeveral && found.length > 0 && found.every((value) => value !== null)) {
    return { answer: { kind: "choices", values: [...new Set(found)] } };
  }
  if (question.allowsText) return { answer: { kind: "text", text } };
  return { wrong: `Choose ${question.isSeveral ? "some" : "one"} of them by number or name:` };
}

/** By its place, from 1; else by value or label, in whatever case if that is one alone. */
function choiceNamed({ choices }: Asked, given: string): string | null {
  const names = (choice: (typeof choices)[number]) => [choice.value, choice.label];
  const exact = choices.find((choice) => names(choice).includes(given));
  if (exact !== undefined) return exact.value;
  if (/^\d{1,2}$/.test(given)) return choices[Number(given) - 1]?.value ?? null;
  const alike = choices.filter((choice) =>
    names(choice).some((name) => name.toLowerCase() === given.toLowerCase()),
  );
  return alike.length === 1 ? (alike[0]?.value ?? null) : null;
}

function formOf(fields: readonly FormField[], words: readonly string[]): TypedAnswer {
  const given: Record<string, string | number | boolean> = {};
  for (const word of words) {
    const at = word.indexOf("=");
    const name = at < 0 ? word : word.slice(0, at);
    const field = fields.find((each) => each.name === name || each.label === name);
    if (at < 0 || field === undefined) return { wrong: "Give each field as name=value:" };
    const value = valueOf(field, word.slice(at + 1));
    if (value === null) return { wrong: `"${field.name}" takes ${kindWords(field)}:` };
    given[field.name] = value;
  }
  return { answer: { kind: "form", fields: given } };
}

function valueOf(field: FormField, text: string): string | number | boolean | null {
  switch (field.type) {
    case "string":
      return text;
    case "choice":
      return (
        field.choices.find(({ value, label }) => value === text || label === text)?.value ??
        field.choices[Number(text) - 1]?.value ??
        null
      );
    case "boolean":
      return /^(yes|true|y)$/i.test(text) ? true : /^(no|false|n)$/i.test(text) ? false : null;
    case "number":
    case "integer":
      return text.trim() === "" || !Number.isFinite(Number(text)) ? null : Number(text);
  }
}

function kindWords(field: FormField): string {
  switch (field.type) {
    case "string":
      return "a text";
    case "choice":
      return "one of its choices";
    case "boolean":
      return "yes or no";
    case "number":
    case "integer":
      return "a number";
  }
}
