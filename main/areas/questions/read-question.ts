import { fail } from "../../contract/fail.ts";
import { MAX_QUESTION_CHARACTERS } from "../../contract/limits.ts";
import { excessOfValue } from "../../kernel/json-bounds.ts";
import { wrongInAnswer } from "./check-answer.ts";
import { questions, type Answer, type Question, type QuestionChoice, type Wanted } from "./contract.ts";
import { defaultsOf, fieldsOf } from "./form/fields.ts";

/** What is asked, with all that was left out filled in. */
export type ReadQuestion = Pick<
  Question,
  "text" | "choices" | "isSeveral" | "allowsText" | "fields" | "defaultAnswer" | "urgency" | "onTimeout"
>;

/** Contract: throws a refusal for what nobody could answer. */
export function readQuestion(wanted: Wanted): ReadQuestion {
  const { text, form, isSeveral, allowsText, urgency, onTimeout } = wanted;
  const excess = excessOfValue(wanted, MAX_QUESTION_CHARACTERS);
  if (excess !== null) {
    throw fail(
      questions,
      "too_large",
      `That is more than a card can show, so it can't be asked: it has ${excess}.`,
    );
  }
  const choices = (wanted.choices ?? []).map(choiceOf);
  if (form !== undefined && choices.length > 0) throw bad("A question has choices or a form, not both.");
  if (isSeveral && choices.length === 0) throw bad("Only of choices there can be several.");
  if (new Set(choices.map(({ value }) => value)).size < choices.length)
    throw bad("Two choices are the same.");
  const unknown = form?.required?.find((name) => !Object.hasOwn(form.properties, name));
  if (unknown !== undefined) throw bad("A field is required that the form does not have.");
  const read = { text, choices, isSeveral, allowsText, fields: form === undefined ? [] : fieldsOf(form) };
  const defaultAnswer = wanted.defaultAnswer ?? formDefault(wanted);
  const isGiven = wanted.defaultAnswer !== undefined || onTimeout === "default";
  if (defaultAnswer !== null && isGiven) {
    const wrong = wrongInAnswer(read, defaultAnswer);
    if (wrong !== null) throw bad(`The default is no answer to it. ${wrong}`);
  }
  if (onTimeout === "default" && defaultAnswer === null) throw bad("There is no default to be given.");
  if (onTimeout === "stay" && wanted.timeoutSeconds !== undefined) throw bad("What stays has no time limit.");
  return { ...read, defaultAnswer, urgency, onTimeout };
}

/** What a form's fields begin with. As an answer of its own it may lack some. */
function formDefault({ form }: Wanted): Answer | null {
  const fields = form === undefined ? null : defaultsOf(form);
  return fields === null ? null : { kind: "form", fields };
}

function choiceOf(choice: NonNullable<Wanted["choices"]>[number]): QuestionChoice {
  if (typeof choice === "string") return { value: choice, label: choice, description: null };
  const { value, label, description } = choice;
  return { value, label: label ?? value, description: description || null };
}

const bad = (words: string) => fail(questions, "bad_question", words);
