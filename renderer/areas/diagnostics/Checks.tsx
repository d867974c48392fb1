import { CircleCheck, CircleX, TriangleAlert } from "lucide-react";
import type { CheckResult } from "../../../main/areas/diagnostics/contract.ts";
import type { CallError } from "../../client/errors.ts";
import { classNames } from "../../ui/class-names.ts";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { Skeleton, SkeletonRows } from "../../ui/Skeleton.tsx";
import { duration } from "../../ui/time.ts";
import styles from "./Checks.module.css";

const order = { failed: 0, warning: 1, ok: 2 } as const;
const looks = {
  ok: { icon: CircleCheck, word: "Fine", style: styles.ok },
  warning: { icon: TriangleAlert, word: "Warning", style: styles.warning },
  failed: { icon: CircleX, word: "Failed", style: styles.failed },
} as const;

interface Props {
  readonly checks: readonly CheckResult[] | null;
  readonly error: CallError | null;
  readonly run: () => Promise<void>;
}

/** Green when all is well, otherwise what is wrong and what to do, that first. */
export function Checks({ checks, error, run }: Props) {
  if (error !== null) {
    return <ErrorNote title="The checks could not be run." error={error} onRetry={() => void run()} />;
  }
  if (checks === null) {
    return (
      <div className={styles.loading} role="status" aria-label="Running the checks">
        <Skeleton width={180} height={20} />
        <SkeletonRows rows={9} height={37} />
      </div>
    );
  }
  const worst = checks.some(({ state }) => state === "failed")
    ? "failed"
    : checks.some(({ state }) => state === "warning")
      ? "warning"
      : "ok";
  const troubles = checks.filter(({ state }) => state !== "ok").length;
  const { icon: Icon, style } = looks[worst];
  return (
    <section aria-label="Checks">
      <div className={classNames(styles.whole, style)} role="status">
        <Icon size={20} strokeWidth={1.75} aria-hidden />
        <h2>
          {worst === "ok"
            ? "All is well"
            : troubles === 1
              ? "One thing needs your attention"
              : `${troubles} things need your attention`}
        </h2>
      </div>
      <ul className={styles.list}>
        {checks
          .toSorted((a, b) => order[a.state] - order[b.state])
          .map((check) => (
            <Check key={check.name} check={check} />
          ))}
      </ul>
    </section>
  );
}

function Check({ check }: { readonly check: CheckResult }) {
  const { icon: Icon, word, style } = looks[check.state];
  return (
    <li className={styles.check}>
      <Icon size={16} strokeWidth={1.75} aria-label={word} className={style} />
      <span className={styles.title}>{check.title}</span>
      <div className={classNames(styles.words, "selectable")}>
        <div className={check.state === "ok" ? styles.muted : undefined}>{check.message}</div>
        {check.fix !== null && check.state !== "ok" && <div className={styles.fix}>{check.fix}</div>}
      </div>
      <span className={styles.time}>{duration(check.tookMs)}</span>
    </li>
  );
}
