import type { Answer, Question } from "../../../main/areas/questions/contract.ts";
import { preview, visibleText } from "../../../main/contract/visible-text.ts";
import { quoted } from "../../../main/contract/sentence.ts";
import { deciderWords } from "../permissions/outcome-words.ts";

const LINE_LENGTH = 200;
const oneLine = (text: string) => text.slice(0, 4 * LINE_LENGTH).replaceAll(/\s+/g, " ");

/** In one line. All of it is the agent's own. */
export const questionLine = ({ text }: Pick<Question, "text">) => preview(oneLine(text), LINE_LENGTH);

/** The same as part of a sentence of ours. */
export const questionTitle = ({ text }: Pick<Question, "text">) => quoted(oneLine(text), LINE_LENGTH);

const outcomes: Readonly<Record<Exclude<Question["status"], "pending">, string>> = {
  answered: "Answered",
  declined: "Declined",
  expired: "Nobody answered in time",
  withdrawn: "Withdrawn",
};

/** "Answered in the popup", "Nobody answered in time: the default was given". */
export function settledWords({ status, decidedBy, answer }: Question): string {
  if (status === "pending") return "";
  if (status === "expired")
    return answer === null ? outcomes.expired : `${outcomes.expired}: the default was given`;
  return decidedBy === null ? outcomes[status] : `${outcomes[status]} ${deciderWords(decidedBy)}`;
}

/** The answer as it reads, a line for each part of it. */
export function answerLines({ choices, fields }: Question, answer: Answer): readonly string[] {
  switch (answer.kind) {
    case "text":
      return [visibleText(answer.text, "\n")];
    case "choices":
      return answer.values.map((value) =>
        visibleText(choices.find((choice) => choice.value === value)?.label ?? value),
      );
    case "form":
      return fields.flatMap((field) => {
        const value = Object.hasOwn(answer.fields, field.name) ? answer.fields[field.name] : undefined;
        if (value === undefined) return [];
        const words = typeof value === "boolean" ? (value ? "yes" : "no") : String(value);
        const label =
          field.type === "choice" ? field.choices.find((choice) => choice.value === value)?.label : undefined;
        return [`${visibleText(field.label)}: ${visibleText(label ?? words)}`];
      });
  }
}

/** What a low popup can show without scrolling. */
const mostLowLines = 10;
const charactersPerLine = 64;

/** How much room a question likes: its lines, and what it is answered with. */
export function questionSize({ text, choices, fields }: Question): "low" | "tall" {
  const lines = text
    .split("\n", mostLowLines + 1)
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / charactersPerLine)), 0);
  const offered = choices.reduce((sum, { description }) => sum + (description === null ? 1.8 : 2.8), 0);
  const asked = fields.reduce((sum, { description }) => sum + (description === null ? 2.8 : 3.8), 0);
  const words = choices.length === 0 && fields.length === 0 ? 4 : 0;
  return lines + offered + asked + words > mostLowLines ? "tall" : "low";
}
