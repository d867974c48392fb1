import type { PermissionSummary } from "../../../main/areas/permissions/contract.ts";
import { classNames } from "../../ui/class-names.ts";
import { noteOf, settledSentence } from "./outcome-words.ts";
import { outcomeIcons } from "./OutcomeSign.tsx";
import outcomeStyles from "./OutcomeSign.module.css";
import styles from "./SettledNote.module.css";
import { UndoDenial, useUndoable } from "./UndoDenial.tsx";

interface Props {
  readonly summary: PermissionSummary;
  /** The person answered too, after somebody else. */
  readonly isLate: boolean;
}

/** What became of a request, in place of the buttons. */
export function SettledNote({ summary, isLate }: Props) {
  const { status, decidedBy, scope } = summary;
  const undoable = useUndoable(summary.id);
  if (status === "pending") return null;
  const Icon = outcomeIcons[status];
  const sentence = settledSentence({ outcome: status, decidedBy, scope });
  const note = noteOf(summary);
  return (
    <div className={classNames(styles.settled, outcomeStyles[status])} role="status">
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <div className={styles.words}>
        <span>{isLate ? `Too late. ${sentence}` : sentence}</span>
        {note !== null && <bdi className={styles.reason}>{note}</bdi>}
      </div>
      {undoable !== null && <UndoDenial denial={undoable} />}
    </div>
  );
}
