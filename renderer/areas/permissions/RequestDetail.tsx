import type { PermissionSummary } from "../../../main/areas/permissions/contract.ts";
import type { RunId } from "../../../main/contract/ids.ts";
import { go } from "../../page/navigation.ts";
import { Button } from "../../ui/Button.tsx";
import { Id } from "../../ui/Copy.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { exactTime } from "../../ui/time.ts";
import { toast } from "../../ui/toasts.ts";
import { undoDenial, type Answered } from "./answer.ts";
import { AnswerCard } from "./AnswerCard.tsx";
import { askedBy, settledSentence } from "./outcome-words.ts";
import styles from "./RequestDetail.module.css";

interface Props {
  readonly summary: PermissionSummary;
  /** False while several are picked: then the keys are theirs. */
  readonly hasKeys: boolean;
  readonly onAnswered: () => void;
}

/** No longer than a denial can be taken back, whatever the two clocks say. */
const undoForMs = 4_500;

function tell({ request, isLate }: Answered): void {
  const { id, status, decidedBy, scope, act } = request;
  if (status === "pending") return;
  if (isLate) return toast(`Too late. ${settledSentence({ outcome: status, decidedBy, scope })}.`);
  const what = act.replaceAll("`", "");
  if (status === "allowed") return toast(`Allowed: ${what}`);
  const undo = async () => {
    const isUndone = await undoDenial(id).catch(() => false);
    if (isUndone) go("inbox", id);
    else toast("That could not be taken back any more.");
  };
  toast(`Denied: ${what}`, { undo: () => void undo(), forMs: undoForMs });
}

/** One request in the window, with what it belongs to. Mount it anew for another one. */
export function RequestDetail({ summary, hasKeys, onAnswered }: Props) {
  const { runId, sessionId } = summary;
  return (
    <div className={styles.request}>
      <AnswerCard
        id={summary.id}
        place="inbox"
        summary={summary}
        hasKeys={hasKeys}
        onAnswered={(answered) => {
          tell(answered);
          onAnswered();
        }}
      />
      <div className={styles.ids}>
        <Facts
          facts={[
            { label: "Asked by", value: <bdi>{askedBy(summary)}</bdi> },
            ...(sessionId === null ? [] : [{ label: "Session", value: <bdi>{sessionId}</bdi> }]),
            { label: "Asked", value: exactTime(summary.askedAt) },
            ...(runId === null ? [] : [{ label: "Run", value: <RunLink id={runId} /> }]),
            { label: "Request", value: <Id id={summary.id} /> },
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
