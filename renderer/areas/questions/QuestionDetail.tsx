import type { RunId } from "../../../main/contract/ids.ts";
import { go } from "../../page/navigation.ts";
import { Button } from "../../ui/Button.tsx";
import { Id } from "../../ui/Copy.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { exactTime } from "../../ui/time.ts";
import { toast } from "../../ui/toasts.ts";
import { askedBy } from "../permissions/outcome-words.ts";
import type { Answered } from "./answer.ts";
import { AnswerQuestion } from "./AnswerQuestion.tsx";
import type { WaitingQuestion } from "./open-store.ts";
import { settledWords } from "./question-words.ts";
import styles from "./Question.module.css";

interface Props {
  readonly item: WaitingQuestion;
  /** False while several are picked: then the keys are theirs. */
  readonly hasKeys: boolean;
  readonly onAnswered: () => void;
}

const tell = ({ question, isLate }: Answered) =>
  toast(`${isLate ? "Too late. " : ""}${settledWords(question)}.`);

/** A question in the inbox: the card, and where it comes from. */
export function QuestionDetail({ item, hasKeys, onAnswered }: Props) {
  const { runId, sessionId } = item;
  return (
    <div className={styles.detail}>
      <AnswerQuestion
        question={item}
        place="inbox"
        hasKeys={hasKeys}
        onAnswered={(answered) => {
          tell(answered);
          onAnswered();
        }}
      />
      <div className={styles.facts}>
        <Facts
          facts={[
            { label: "Asked by", value: <bdi>{askedBy(item)}</bdi> },
            ...(sessionId === null ? [] : [{ label: "Session", value: <bdi>{sessionId}</bdi> }]),
            { label: "Asked", value: exactTime(item.askedAt) },
            ...(runId === null ? [] : [{ label: "Run", value: <RunLink id={runId} /> }]),
            { label: "Question", value: <Id id={item.id} /> },
          ]}
        />
      </div>
    </div>
  );
}

function RunLink({ id }: { readonly id: RunId }) {
  return (
    <>
      <Id id={id} />
      <Button size="small" look="quiet" onClick={() => go("runs", id)}>
        Open
      </Button>
    </>
  );
}
