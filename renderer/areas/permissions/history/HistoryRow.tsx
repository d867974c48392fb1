import type { DecisionRecord } from "../../../../main/areas/permissions/contract.ts";
import { classNames } from "../../../ui/class-names.ts";
import { useNow } from "../../../ui/now.ts";
import { Prose } from "../../../ui/Prose.tsx";
import rowStyles from "../../../ui/row.module.css";
import { clockTime, dayHeading, exactTime, isSameDay } from "../../../ui/time.ts";
import { Tooltip } from "../../../ui/Tooltip.tsx";
import { clientName, deciderWords, scopeWords } from "../outcome-words.ts";
import { OutcomeSign } from "../OutcomeSign.tsx";
import { RiskSign } from "../RiskSign.tsx";
import styles from "./History.module.css";

interface Props {
  readonly record: DecisionRecord;
  /** The row above, to name the day only where it begins. */
  readonly before: DecisionRecord | null;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}

export function HistoryRow({ record, before, isSelected, onSelect }: Props) {
  const now = useNow();
  const isNewDay = before === null || !isSameDay(before.at, record.at);
  const { scope } = record;
  return (
    <div
      className={classNames(rowStyles.row, styles.row, isSelected && rowStyles.selected)}
      onClick={onSelect}
    >
      <span className={styles.day}>{isNewDay && dayHeading(record.at, now)}</span>
      <Tooltip text={exactTime(record.at)}>
        <time className={styles.time} dateTime={new Date(record.at).toISOString()}>
          {clockTime(record.at)}
        </time>
      </Tooltip>
      <span className={styles.outcome}>
        <OutcomeSign outcome={record.outcome} hasWord />
      </span>
      <span className={styles.act}>
        {record.riskLevel !== null && <RiskSign level={record.riskLevel} />}
        <Prose text={record.act} />
      </span>
      <bdi className={styles.who}>{clientName(record.clientId)}</bdi>
      <span className={styles.by}>
        {deciderWords(record.decidedBy)}
        {record.outcome === "allowed" && scope !== null && scope !== "once" && `, ${scopeWords(scope)}`}
      </span>
    </div>
  );
}
