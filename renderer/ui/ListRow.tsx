import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import styles from "./ListRow.module.css";
import rowStyles from "./row.module.css";

interface Props {
  readonly isSelected: boolean;
  readonly onSelect: () => void;
  /** A 16 px sign of state, before the words. */
  readonly icon?: ReactNode;
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  /** At the right of the title: a time, a count. */
  readonly aside?: ReactNode;
  readonly isMuted?: boolean;
}

/** A row of a list with a detail beside it: one line, or two with `detail`. Fills the height the list gives it. */
export function ListRow({ isSelected, onSelect, icon, title, detail, aside, isMuted = false }: Props) {
  return (
    <div
      className={classNames(
        rowStyles.row,
        styles.row,
        isSelected && rowStyles.selected,
        isMuted && styles.muted,
      )}
      onClick={onSelect}
    >
      {icon !== undefined && <span className={styles.icon}>{icon}</span>}
      <div className={styles.words}>
        <div className={styles.line}>
          <bdi className={styles.title}>{title}</bdi>
          {aside !== undefined && <span className={styles.aside}>{aside}</span>}
        </div>
        {detail !== undefined && <div className={styles.detail}>{detail}</div>}
      </div>
    </div>
  );
}
