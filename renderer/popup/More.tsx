import { ChevronRight } from "lucide-react";
import type { WaitingItem } from "../../main/areas/waiting/contract.ts";
import { kindOf, UndoBar, useUndoable } from "../areas/waiting.ts";
import { classNames } from "../ui/class-names.ts";
import { counted } from "../ui/text-rows.ts";
import styles from "./More.module.css";

interface Props {
  /** Whose card says by itself that it can be taken back. */
  readonly currentId: string;
  readonly others: readonly WaitingItem[];
  readonly onOpen: () => void;
  /** A denial was taken back: its request waits again. */
  readonly onUndone: (id: string) => void;
}

const mostNamed = 3;

/**
 * The last line of the popup: what else waits, and for a few seconds the way back from a denial. It is there in any
 * case, so that nothing moves when something comes.
 */
export function More({ currentId, others, onOpen, onUndone }: Props) {
  const undoable = useUndoable();
  const canUndo = undoable !== null && undoable.request.id !== currentId;
  const names = others
    .slice(0, mostNamed)
    .map((item) => kindOf(item).title(item).replaceAll("`", ""))
    .join(" · ");
  return (
    <div className={styles.line}>
      {canUndo && <UndoBar onUndone={onUndone} />}
      {others.length > 0 ? (
        <button type="button" className={classNames(styles.more, canUndo && styles.short)} onClick={onOpen}>
          <strong>{counted(others.length, "more", "more")}</strong>
          {!canUndo && <bdi className={styles.names}>{names}</bdi>}
          <ChevronRight size={16} strokeWidth={1.75} aria-hidden />
        </button>
      ) : (
        !canUndo && <span className={styles.none}>Nothing else waits</span>
      )}
    </div>
  );
}
