import { CircleCheck, CircleDashed, CircleSlash, CircleX, Clock, Hand, type LucideIcon } from "lucide-react";
import type { RunStatus } from "../../../main/areas/runs/contract.ts";
import { Badge, type Tone } from "../../ui/Badge.tsx";
import { classNames } from "../../ui/class-names.ts";
import turningStyles from "../../ui/turning.module.css";
import styles from "./RunStatus.module.css";

interface StatusLook {
  readonly icon: LucideIcon;
  readonly word: string;
  readonly tone: Tone;
}

const looks: Readonly<Record<RunStatus, StatusLook>> = {
  queued: { icon: Clock, word: "Queued", tone: "neutral" },
  running: { icon: CircleDashed, word: "Running", tone: "accent" },
  waiting: { icon: Hand, word: "Needs you", tone: "wait" },
  done: { icon: CircleCheck, word: "Done", tone: "neutral" },
  failed: { icon: CircleX, word: "Failed", tone: "deny" },
  canceled: { icon: CircleSlash, word: "Canceled", tone: "neutral" },
};

export const statusWord = (status: RunStatus) => looks[status].word;

/** The sign alone, for lists whose rows say the word too. */
export function StatusIcon({ status }: { readonly status: RunStatus }) {
  const { icon: Icon, word, tone } = looks[status];
  return (
    <span className={classNames(styles.icon, styles[tone], status === "running" && turningStyles.turning)}>
      <Icon size={16} strokeWidth={1.75} aria-label={word} />
    </span>
  );
}

export function StatusBadge({ status }: { readonly status: RunStatus }) {
  const { icon: Icon, word, tone } = looks[status];
  return (
    <Badge
      tone={tone}
      icon={
        <Icon size={12} aria-hidden className={status === "running" ? turningStyles.turning : undefined} />
      }
    >
      {word}
    </Badge>
  );
}
