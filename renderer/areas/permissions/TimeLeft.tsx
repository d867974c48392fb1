import { useSecond } from "../../ui/now.ts";
import { countdown, exactTime } from "../../ui/time.ts";
import { Tooltip } from "../../ui/Tooltip.tsx";
import styles from "./TimeLeft.module.css";

interface Props {
  readonly askedAt: number;
  readonly expiresAt: number | null;
}

/** So little is left that it is said louder. */
export const hurryMs = 60_000;

/** "9:41 left". */
export function TimeLeft({ askedAt, expiresAt }: Props) {
  // The shared second may lie before the question; it has never more time than it began with.
  const now = Math.max(askedAt, useSecond());
  if (expiresAt === null) {
    return (
      <Tooltip text="This request waits until somebody answers.">
        <span className={styles.left}>no time limit</span>
      </Tooltip>
    );
  }
  const left = expiresAt - now;
  return (
    <Tooltip text={`Expires ${exactTime(expiresAt)}. Without an answer it is not allowed.`}>
      <span className={left < hurryMs ? styles.hurry : styles.left}>{countdown(left)} left</span>
    </Tooltip>
  );
}

/** The thin bar that empties. The words beside it say the same. */
export function TimeBar({ askedAt, expiresAt }: Props) {
  const now = useSecond();
  if (expiresAt === null) return <div className={styles.track} aria-hidden />;
  const left = Math.max(0, expiresAt - now);
  const share = Math.min(1, left / Math.max(1, expiresAt - askedAt));
  return (
    <div className={styles.track} aria-hidden>
      <div
        className={left < hurryMs ? styles.hurryBar : styles.bar}
        style={{ transform: `scaleX(${share.toFixed(4)})` }}
      />
    </div>
  );
}
