import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "../../ui/class-names.ts";
import styles from "./WelcomePage.module.css";

interface Props {
  readonly number: number;
  readonly title: string;
  readonly isDone?: boolean;
  readonly children: ReactNode;
}

export function Step({ number, title, isDone = false, children }: Props) {
  return (
    <li className={styles.step}>
      <span className={classNames(styles.number, isDone && styles.isDone)}>
        {isDone ? <Check size={14} aria-label="Done" /> : number}
      </span>
      <div className={styles.content}>
        <h2>{title}</h2>
        {children}
      </div>
    </li>
  );
}
