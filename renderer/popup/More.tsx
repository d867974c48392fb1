import { ChevronRight } from "lucide-react";
import type { WaitingItem } from "../../main/areas/waiting/contract.ts";
import { kindOf } from "../areas/waiting.ts";
import { counted } from "../ui/text-rows.ts";
import styles from "./More.module.css";

interface Props {
  readonly others: readonly WaitingItem[];
  readonly onOpen: () => void;
}

const mostNamed = 3;

/** The last line of the popup: what else waits. It is there in any case, so that nothing moves when something comes. */
export function More({ others, onOpen }: Props) {
  if (others.length === 0) return <div className={styles.line}>Nothing else waits</div>;
  return (
    <button type="button" className={styles.line} onClick={onOpen}>
      <strong>{counted(others.length, "more", "more")}</strong>
      <bdi className={styles.names}>
        {others
          .slice(0, mostNamed)
          .map((item) => kindOf(item).title(item).replaceAll("`", ""))
          .join(" · ")}
      </bdi>
      <ChevronRight size={16} strokeWidth={1.75} aria-hidden />
    </button>
  );
}
