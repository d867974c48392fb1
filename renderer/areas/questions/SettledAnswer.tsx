import type { Question } from "../../../main/areas/questions/contract.ts";
import { classNames } from "../../ui/class-names.ts";
import { outcomeIcons } from "../permissions/OutcomeSign.tsx";
import outcomeStyles from "../permissions/OutcomeSign.module.css";
import { answerLines, settledWords } from "./question-words.ts";
import { visibleText } from "../../../main/contract/visible-text.ts";
import styles from "./Question.module.css";

interface Props {
  readonly question: Question;
  /** The person answered too, after somebody else. */
  readonly isLate?: boolean;
}

/** What became of a question, and the answer. */
export function SettledAnswer({ question, isLate = false }: Props) {
  const { status, answer, reason } = question;
  if (status === "pending") return null;
  const Icon = outcomeIcons[status];
  const words = settledWords(question);
  const said =
    answer !== null ? answerLines(question, answer) : reason === null ? [] : [visibleText(reason, "\n")];
  return (
    <div className={classNames(styles.settled, outcomeStyles[status])} role="status">
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <div className={styles.outcome}>
        <span>{isLate ? `Too late. ${words}` : words}</span>
        {said.length > 0 && (
          <div className={styles.said}>
            {said.map((line, index) => (
              <div key={index} dir="auto">
                {line}
              </div>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}
