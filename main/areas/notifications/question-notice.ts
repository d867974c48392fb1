import type { Question } from "../questions/contract.ts";
import type { WaitingQuestion } from "../waiting/contract.ts";
import { clientName, itemKey, placeWords, type Notice, type NoticeAction, type Wording } from "./notice.ts";
import { plainText } from "./plain-text.ts";

type Action = Notice["actions"][number];

const TITLE_LENGTH = 80;
const BODY_LENGTH = 240;
/** More buttons than this no server draws beside each other. */
const MAX_BUTTONS = 3;

/** Words, names of branches and files: what reads the same on a button of any platform. */
const plainLabel = /^[\p{L}\p{N}][\p{L}\p{N} ./_+-]{0,29}$/u;

const look: Action = { action: "show", label: "Answer…" };
const decline: Action = { action: "decline", label: "Decline" };

/** Whether a choice can be made by those who read `words` and nothing else: they say all that is asked and offered. */
export function mayChooseUnseen({ choices, isSeveral, fields }: Question, words: string): boolean {
  if (choices.length === 0 || isSeveral || fields.length > 0 || words.includes("…")) return false;
  const labels = choices.map(({ label }) => label);
  return (
    choices.every(({ label, description }) => plainLabel.test(label) && description === null) &&
    new Set([...labels, look.label, decline.label]).size === labels.length + 2
  );
}

/** What an agent wants to know. Its choices are buttons where they say all there is to say, and words have a field. */
export function questionNotice(question: WaitingQuestion, { privacy, sound }: Wording): Notice {
  const title = plainText(`${clientName(question.clientId)} asks you`, TITLE_LENGTH);
  const place = placeWords(question);
  const text = plainText(question.text, BODY_LENGTH);
  const body = place === "" ? text : `${text}\n${plainText(capitalised(place), BODY_LENGTH)}`;
  const isWhole = !privacy && mayChooseUnseen(question, text) && question.choices.length <= MAX_BUTTONS;
  const takesWords =
    question.fields.length === 0 &&
    (question.choices.length === 0 || question.allowsText) &&
    !privacy &&
    !text.includes("…");
  return {
    key: itemKey(question),
    subject: { kind: "question", id: question.id },
    title,
    body: privacy ? "A question" : body,
    actions: isWhole ? choiceActions(question) : [look, decline],
    ...(takesWords ? { reply: { placeholder: "Your answer", label: "Answer" } } : {}),
    isWaiting: true,
    hasSound: sound,
  };
}

/** Where there is room, also the way out. */
function choiceActions({ choices }: Question): readonly Action[] {
  const actions = choices.map(({ label }, at): Action => ({ action: `choice:${at}`, label }));
  return actions.length < MAX_BUTTONS ? [...actions, decline] : actions;
}

/** The choice that an action stands for; null for every other action, and for one that the question does not have. */
export function chosenBy({ choices }: Pick<Question, "choices">, action: NoticeAction): string | null {
  const [kind, at] = action.split(":");
  return kind === "choice" ? (choices[Number(at)]?.value ?? null) : null;
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
