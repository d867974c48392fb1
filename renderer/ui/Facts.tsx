import type { ReactNode } from "react";
import styles from "./Facts.module.css";

export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
}

interface Props {
  readonly facts: readonly Fact[];
  /** Rows with lines between them, for a page of their own. */
  readonly isTable?: boolean;
}

/** Names and values in two columns. */
export function Facts({ facts, isTable = false }: Props) {
  return (
    <dl className={isTable ? styles.table : styles.facts}>
      {facts.map(({ label, value }) => (
        <div key={label} className={styles.fact}>
          <dt>{label}</dt>
          <dd className="selectable">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
