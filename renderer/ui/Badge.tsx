import type { ReactNode } from "react";
import styles from "./Badge.module.css";
import { classNames } from "./class-names.ts";

export type Tone = "neutral" | "allow" | "deny" | "wait" | "accent";

/** A word with a colour; the word alone says it all. */
export function Badge({
  tone = "neutral",
  icon,
  children,
}: {
  readonly tone?: Tone;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <span className={classNames(styles.badge, styles[tone])}>
      {icon}
      {children}
    </span>
  );
}

export function Count({ value, tone = "neutral" }: { readonly value: number; readonly tone?: Tone }) {
  return <span className={classNames(styles.count, styles[tone])}>{value > 999 ? "999+" : value}</span>;
}
