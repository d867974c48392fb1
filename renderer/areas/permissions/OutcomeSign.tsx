import { CircleCheck, CircleSlash, CircleX, Hourglass, type LucideIcon } from "lucide-react";
import type { Outcome } from "../../../main/areas/permissions/contract.ts";
import { outcomeWord } from "./outcome-words.ts";
import styles from "./OutcomeSign.module.css";

export const outcomeIcons: Readonly<Record<Outcome, LucideIcon>> = {
  allowed: CircleCheck,
  denied: CircleX,
  expired: Hourglass,
  withdrawn: CircleSlash,
};

/** Icon and colour of an outcome; with `hasWord` also its name, which stands for itself otherwise. */
export function OutcomeSign({
  outcome,
  hasWord = false,
}: {
  readonly outcome: Outcome;
  readonly hasWord?: boolean;
}) {
  const Icon = outcomeIcons[outcome];
  return (
    <span className={`${styles.sign} ${styles[outcome]}`}>
      <Icon
        size={16}
        strokeWidth={1.75}
        aria-hidden={hasWord}
        aria-label={hasWord ? undefined : outcomeWord(outcome)}
      />
      {hasWord && outcomeWord(outcome)}
    </span>
  );
}
