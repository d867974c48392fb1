import type { UsageRow } from "../../../main/areas/usage/contract.ts";
import { classNames } from "../../ui/class-names.ts";
import styles from "./DayChart.module.css";
import { daysBetween, dollars, inDayWords, runCount, shortCount, tokensOf } from "./usage-words.ts";

interface Props {
  readonly rows: readonly UsageRow[];
  readonly since: string;
  readonly until: string;
}

/** One bar a day: what it cost, or where nothing has a price, what was used. */
export function DayChart({ rows, since, until }: Props) {
  const byDay = new Map(rows.map((row) => [row.name, row]));
  const isPriced = rows.some(({ cost }) => cost > 0);
  const measure = (row: UsageRow | undefined) =>
    row === undefined ? 0 : isPriced ? row.cost : tokensOf(row);
  const inWords = (row: UsageRow) => (isPriced ? dollars(row.cost) : `${shortCount(tokensOf(row))} tokens`);
  const most = Math.max(...rows.map(measure), Number.MIN_VALUE);
  const dearest = rows.find((row) => measure(row) === most);
  const days = daysBetween(since, until);
  return (
    <figure className={styles.chart}>
      <figcaption className={styles.caption}>
        {isPriced ? "Cost by day" : "Tokens by day"}
        {dearest !== undefined && (
          <span className={styles.most}>
            most: {inWords(dearest)} on {inDayWords(dearest.name)}
          </span>
        )}
      </figcaption>
      <ol className={styles.plot} aria-label={isPriced ? "Cost by day" : "Tokens by day"}>
        {days.map((day) => {
          const row = byDay.get(day);
          const words =
            row === undefined
              ? `${inDayWords(day)}: nothing`
              : `${inDayWords(day)}: ${inWords(row)}, ${runCount(row.runs)}`;
          return (
            <li key={day} className={styles.day} title={words}>
              <span
                className={classNames(styles.bar, row === undefined && styles.none)}
                style={{ height: `${(measure(row) / most) * 100}%` }}
              />
              <span className={styles.words}>{words}</span>
            </li>
          );
        })}
      </ol>
      <div className={styles.ends} aria-hidden>
        <span>{inDayWords(since)}</span>
        <span>today</span>
      </div>
    </figure>
  );
}
