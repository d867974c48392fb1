import {
  CircleCheck,
  CircleSlash,
  CircleX,
  Hourglass,
  MessageCircleReply,
  type LucideIcon,
} from "lucide-react";
import type { LedgerOutcome } from "../../../main/areas/permissions/contract.ts";
import { outcomeWord } from "./outcome-words.ts";
import styles from "./OutcomeSign.module.css";

export const outcomeIcons: Readonly<Record<LedgerOutcome, LucideIcon>> = {
  allowed: CircleCheck,
  denied: CircleX,
  expired: Hourglass,
  withdrawn: CircleSlash,
  answered: MessageCircleReply,
  declined: CircleX,
};

/** Icon and colour of an outcome; with `hasWord` also its name, which stands for itself otherwise. */
export function OutcomeSign({
  outcome,
  hasWord = false,
}: {
  readonly outcome: LedgerOutcome;
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
