import type { Question } from "../../../main/areas/questions/contract.ts";
import { visibleText } from "../../../main/contract/visible-text.ts";
import { CheckBox } from "../../ui/CheckBox.tsx";
import { WordsText } from "../../ui/CodeText.tsx";
import { Kbd } from "../../ui/Kbd.tsx";
import type { Guard } from "../permissions/use-guard.ts";
import styles from "./Question.module.css";

type Choice = Question["choices"][number];

interface Props {
  readonly question: Question;
  readonly picked: readonly string[];
  readonly isBusy: boolean;
  readonly guard: Guard;
  /** Several: it is picked or left out. */
  readonly onPick: (value: string) => void;
  /** One: this is the answer. */
  readonly onChoose: (value: string) => void;
}

/** Choices with a key each, the first nine. One is chosen with a press, several are picked and sent. */
export function ChoiceList({ question, picked, isBusy, guard, onPick, onChoose }: Props) {
  const { choices, isSeveral, defaultAnswer } = question;
  const isDefault = (value: string) =>
    defaultAnswer?.kind === "choices" && defaultAnswer.values.includes(value);
  if (isSeveral) {
    return (
      <div className={styles.choices} role="group" aria-label="Choices, several may be picked">
        {choices.map((choice, at) => (
          <label key={choice.value} className={styles.choice}>
            <CheckBox
              isChecked={picked.includes(choice.value)}
              onChange={() => onPick(choice.value)}
              label={visibleText(choice.label)}
            />
            <Words choice={choice} />
            {isDefault(choice.value) && <span className={styles.default}>default</span>}
            <KeyOf at={at} />
          </label>
        ))}
      </div>
    );
  }
  return (
    <div className={styles.choices} role="group" aria-label="Choices" {...guard.props}>
      {choices.map((choice, at) => (
        <button
          key={choice.value}
          type="button"
          className={styles.choice}
          disabled={isBusy}
          onClick={() => onChoose(choice.value)}
        >
          <KeyOf at={at} />
          <Words choice={choice} />
          {isDefault(choice.value) && <span className={styles.default}>default</span>}
        </button>
      ))}
    </div>
  );
}

function Words({ choice: { label, description } }: { readonly choice: Choice }) {
  return (
    <span className={styles.words}>
      <bdi className={styles.label}>
        <WordsText text={visibleText(label)} />
      </bdi>
      {description !== null && (
        <bdi className={styles.description}>
          <WordsText text={visibleText(description)} />
        </bdi>
      )}
    </span>
  );
}

const KeyOf = ({ at }: { readonly at: number }) => (at < 9 ? <Kbd>{String(at + 1)}</Kbd> : null);
