import { Minus, Plus } from "lucide-react";
import { useRef, type ReactNode } from "react";
import type { Question } from "../../../main/areas/questions/contract.ts";
import { useShortcuts, type Shortcut } from "../../page/shortcuts.ts";
import { Button } from "../../ui/Button.tsx";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { TextArea } from "../../ui/Field.tsx";
import { Kbd, keySign } from "../../ui/Kbd.tsx";
import { TimeBar } from "../../ui/TimeBar.tsx";
import { useGuard } from "../permissions/use-guard.ts";
import { useSending, type Answered, type Said } from "./answer.ts";
import { ChoiceList } from "./ChoiceList.tsx";
import { answerIn, useDraft } from "./drafts.ts";
import { FormFields } from "./FormFields.tsx";
import { useOpenQuestions } from "./open-store.ts";
import { QuestionCard } from "./QuestionCard.tsx";
import { SettledAnswer } from "./SettledAnswer.tsx";
import styles from "./Question.module.css";

const places = {
  popup: { decline: "backspace", fills: true, hasTimeBar: false },
  inbox: { decline: "d", fills: false, hasTimeBar: true },
  timeline: { decline: "d", fills: false, hasTimeBar: false },
} as const;

interface Props {
  /** As it was when this was shown; what has become of it since is looked up. */
  readonly question: Question;
  readonly place: keyof typeof places;
  /** False: the keys are somebody else's. */
  readonly hasKeys?: boolean;
  /** False while the window around it is not on screen yet. */
  readonly isShown?: boolean;
  /** Changes when the person looks anew: what was pressed before is not meant for it. */
  readonly look?: number;
  readonly aside?: ReactNode;
  /** Beside the answers: what decides nothing. */
  readonly later?: ReactNode;
  readonly onAnswered?: (answered: Answered) => void;
  /** What Escape does. Left out: it is left to what is around. */
  readonly onEscape?: () => void;
}

/**
 * A question with its answers: the same in the popup, the inbox and a run's story. Early presses count for nothing, a
 * late or failed answer says so. What is half-written stays, whatever else comes up meanwhile.
 */
export function AnswerQuestion(props: Props) {
  const { hasKeys = true, isShown = true, look = 0, aside, later, onAnswered, onEscape } = props;
  const place = places[props.place];
  const settled = useOpenQuestions(({ data }) => data.settled.find(({ id }) => id === props.question.id));
  const question: Question = settled ?? props.question;
  const { id, choices, fields, isSeveral, allowsText } = question;
  const [draft, change] = useDraft(question);
  const [sending, send] = useSending();
  const card = useRef<HTMLElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const isPending = question.status === "pending";
  const guard = useGuard(card, `${id} ${look}`, isPending && isShown);
  const answer = answerIn(question, draft);
  const isBusy = sending.step === "sending";
  const writes = fields.length === 0 && (choices.length === 0 || draft.isWriting);
  const isSent = writes || isSeveral || fields.length > 0;

  const give = async (said: Said | null) => {
    if (said === null || !isPending) return;
    const answered = await send(id, said);
    if (answered !== null) onAnswered?.(answered);
  };
  const choose = (value: string) => void give({ kind: "choices", values: [value] });
  const pick = (value: string) =>
    change({
      picked: draft.picked.includes(value)
        ? draft.picked.filter((each) => each !== value)
        : [...draft.picked, value],
    });
  const decline = () => void give({ kind: "declined", reason: draft.isSayingWhy ? draft.reason : "" });
  const byKey = (act: () => void) => () => {
    if (guard.takesKey()) act();
  };
  const choiceKeys = choices.slice(0, 9).map(({ value }, at): Shortcut => ({
    keys: String(at + 1),
    ...(at === 0 ? { does: "Choose" } : {}),
    run: isSeveral ? () => pick(value) : byKey(() => choose(value)),
  }));
  const enter = () => {
    if (writes && answer === null) area.current?.focus();
    else if (isSent && guard.takesKey()) void give(answer);
  };
  const answerKeys: readonly Shortcut[] = [
    ...(draft.isWriting ? [] : choiceKeys),
    ...(isSent
      ? [
          { keys: "enter", does: writes ? "Write, or send" : "Send", run: enter },
          { keys: "mod+enter", does: "Send, also from the text", isGlobal: true, run: enter },
        ]
      : []),
    { keys: place.decline, does: "Decline", run: byKey(decline) },
  ];
  useShortcuts("This question", [
    ...(hasKeys && isPending ? answerKeys : []),
    ...(onEscape === undefined
      ? []
      : [{ keys: "escape", does: "Put away; decides nothing", isGlobal: true, run: onEscape }]),
  ]);

  return (
    <QuestionCard ref={card} question={question} fills={place.fills} aside={aside}>
      {place.hasTimeBar && isPending && <TimeBar askedAt={question.askedAt} expiresAt={question.expiresAt} />}
      {sending.step === "failed" && (
        <ErrorNote title="That answer did not get through." error={sending.error} />
      )}
      {!isPending ? (
        <SettledAnswer question={question} isLate={sending.step === "late"} />
      ) : (
        <div className={styles.answers}>
          <div className={styles.given}>
            {choices.length > 0 && !draft.isWriting && (
              <ChoiceList
                question={question}
                picked={draft.picked}
                isBusy={isBusy}
                guard={guard}
                onPick={pick}
                onChoose={choose}
              />
            )}
            {fields.length > 0 && (
              <FormFields
                fields={fields}
                values={draft.fields}
                onChange={(name, value) => change({ fields: { ...draft.fields, [name]: value } })}
              />
            )}
            {writes && (
              <TextArea
                ref={area}
                rows={3}
                maxLength={20_000}
                className={styles.area}
                aria-label="Your answer"
                placeholder="Your answer"
                value={draft.text}
                onChange={(event) => change({ text: event.target.value })}
              />
            )}
            {draft.isSayingWhy && (
              <TextArea
                rows={2}
                maxLength={10_000}
                autoFocus
                className={styles.area}
                aria-label="Why you decline"
                placeholder="The agent reads this when you decline"
                value={draft.reason}
                onChange={(event) => change({ reason: event.target.value })}
              />
            )}
          </div>
          <div className={styles.buttons} data-guarded {...guard.props}>
            {isSent && (
              <Button
                look="primary"
                disabled={answer === null}
                isBusy={isBusy && sending.kind !== "declined"}
                onClick={() => void give(answer)}
              >
                {sendWords(question, draft.picked.length, writes)}{" "}
                <Kbd>{`${keySign("mod")} ${keySign("enter")}`}</Kbd>
              </Button>
            )}
            <Button
              look="deny"
              className={styles.last}
              isBusy={isBusy && sending.kind === "declined"}
              onClick={decline}
            >
              Decline <Kbd>{keySign(place.decline)}</Kbd>
            </Button>
          </div>
          <div className={styles.foot}>
            <span>
              <Toggle
                isOpen={draft.isSayingWhy}
                words="say why you decline"
                onToggle={() => change({ isSayingWhy: !draft.isSayingWhy })}
              />
              {allowsText && choices.length > 0 && (
                <Toggle
                  isOpen={draft.isWriting}
                  words="answer in words"
                  onToggle={() => change({ isWriting: !draft.isWriting })}
                />
              )}
            </span>
            {later}
          </div>
        </div>
      )}
    </QuestionCard>
  );
}

function sendWords({ isSeveral }: Question, picked: number, writes: boolean): string {
  if (isSeveral && !writes) return picked === 0 ? "Send" : `Send ${picked}`;
  return "Send";
}

interface ToggleProps {
  readonly isOpen: boolean;
  readonly words: string;
  readonly onToggle: () => void;
}

function Toggle({ isOpen, words, onToggle }: ToggleProps) {
  const Icon = isOpen ? Minus : Plus;
  return (
    <button type="button" className={styles.more} aria-expanded={isOpen} onClick={onToggle}>
      <Icon size={14} aria-hidden /> {words}
    </button>
  );
}
