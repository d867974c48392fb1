import { ChevronRight, FoldVertical } from "lucide-react";
import type { StoredCompaction } from "../../../main/areas/sessions/contract.ts";
import { classNames } from "../../ui/class-names.ts";
import foldStyles from "../../ui/fold.module.css";
import { SafeMarkdown } from "../../ui/SafeMarkdown.tsx";
import styles from "./ViewStart.module.css";

interface Props {
  readonly compaction: StoredCompaction;
  /** The one that holds now; the model has had others before. */
  readonly isCurrent: boolean;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

/** Between two messages: from here on the model sees them as they are, and a summary in place of those before. */
export function ViewStart({ compaction, isCurrent, isOpen, onToggle }: Props) {
  const text = compaction.summary.content.map((part) => (part.type === "text" ? part.text : "")).join("");
  return (
    <section className={classNames(styles.start, isCurrent && styles.current)}>
      <button
        type="button"
        className={classNames(foldStyles.line, styles.line)}
        aria-expanded={isOpen}
        onClick={onToggle}
      >
        <FoldVertical size={16} strokeWidth={1.75} aria-hidden />
        <span>
          {isCurrent
            ? "The model sees a summary of all before, and what follows as it is"
            : "The model's view began here once"}
        </span>
        <ChevronRight size={14} aria-hidden className={foldStyles.chevron} />
      </button>
      {isOpen && (
        <div className={foldStyles.inside}>
          <SafeMarkdown text={text} />
        </div>
      )}
    </section>
  );
}
