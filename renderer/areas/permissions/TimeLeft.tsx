import { classNames } from "../../ui/class-names.ts";
import { useSecond } from "../../ui/now.ts";
import { countdown, exactTime } from "../../ui/time.ts";
import { hurryMs } from "../../ui/TimeBar.tsx";
import { Tooltip } from "../../ui/Tooltip.tsx";
import styles from "./TimeLeft.module.css";

interface Props {
  readonly askedAt: number;
  readonly expiresAt: number | null;
  /** What happens without an answer. */
  readonly otherwise?: string;
}

/** "9:41 left". */
export function TimeLeft({ askedAt, expiresAt, otherwise = "Without an answer it is not allowed." }: Props) {
  // The shared second may lie before the question; it has never more time than it began with.
  const now = Math.max(askedAt, useSecond());
  if (expiresAt === null) {
    return (
      <Tooltip text="It waits until somebody answers.">
        <span className={styles.left}>no time limit</span>
      </Tooltip>
    );
  }
  const left = expiresAt - now;
  return (
    <Tooltip text={`Expires ${exactTime(expiresAt)}. ${otherwise}`}>
      <span className={classNames(styles.left, left < hurryMs && styles.hurry)}>{countdown(left)} left</span>
    </Tooltip>
  );
}
