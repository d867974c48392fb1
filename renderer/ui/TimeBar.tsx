import { useSecond } from "./now.ts";
import styles from "./TimeBar.module.css";

/** So little is left that it is said louder. */
export const hurryMs = 60_000;

interface Props {
  readonly askedAt: number;
  readonly expiresAt: number | null;
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
