import { ArrowLeft } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { IconButton } from "./IconButton.tsx";
import styles from "./Page.module.css";

export const Page = ({ children }: { readonly children: ReactNode }) => (
  <div className={styles.page}>{children}</div>
);

interface HeaderProps {
  readonly title: ReactNode;
  /** Beside the title: a count, a state. */
  readonly note?: ReactNode;
  /** At the right: search, filter, buttons. */
  readonly children?: ReactNode;
}

export function PageHeader({ title, note, children }: HeaderProps) {
  return (
    <header className={styles.header}>
      <h1>{title}</h1>
      {note !== undefined && <span className={styles.note}>{note}</span>}
      <div className={styles.actions}>{children}</div>
    </header>
  );
}

/** A page that is one column of text, forms or cards, as wide as is good to read. */
export const PageColumn = ({
  children,
  isWide = false,
}: {
  readonly children: ReactNode;
  readonly isWide?: boolean;
}) => (
  <div className={styles.scroll}>
    <div className={classNames(styles.column, isWide && styles.wide)}>{children}</div>
  </div>
);

interface ListDetailProps {
  readonly list: ReactNode;
  /** Null: nothing is open. */
  readonly detail: ReactNode | null;
  /** Shown in place of a detail in a wide window. */
  readonly placeholder?: ReactNode;
  /** In a narrow window list and detail take turns; this goes back to the list. */
  readonly onBack: () => void;
}

export function ListDetail({ list, detail, placeholder, onBack }: ListDetailProps) {
  const isOpen = detail !== null;
  return (
    <div className={classNames(styles.listDetail, isOpen && styles.isOpen)}>
      <div className={styles.list}>{list}</div>
      <div className={styles.detail} data-detail tabIndex={-1}>
        {isOpen && (
          <div className={styles.back}>
            <IconButton icon={ArrowLeft} label="Back to the list" keys="escape" onClick={onBack} />
          </div>
        )}
        {isOpen ? detail : placeholder}
      </div>
    </div>
  );
}
