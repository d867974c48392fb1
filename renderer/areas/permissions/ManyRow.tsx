import type { PermissionSummary } from "../../../main/areas/permissions/contract.ts";
import { CheckBox } from "../../ui/CheckBox.tsx";
import { classNames } from "../../ui/class-names.ts";
import { Prose } from "../../ui/Prose.tsx";
import { useSecond } from "../../ui/now.ts";
import { countdown } from "../../ui/time.ts";
import { clientName } from "./outcome-words.ts";
import styles from "./ManyRow.module.css";
import { RiskSign } from "./RiskSign.tsx";
import { hurryMs } from "./TimeLeft.tsx";

interface Props {
  readonly request: PermissionSummary;
  readonly isChecked: boolean;
  readonly isOpen?: boolean;
  readonly onCheck: () => void;
  readonly onOpen: () => void;
}

function Left({ askedAt, expiresAt }: Pick<PermissionSummary, "askedAt" | "expiresAt">) {
  const now = Math.max(askedAt, useSecond());
  if (expiresAt === null) return null;
  const left = expiresAt - now;
  return <span className={left < hurryMs ? styles.hurry : styles.left}>{countdown(left)}</span>;
}

/** A waiting request in a list from which several can be picked. */
export function ManyRow({ request, isChecked, isOpen = false, onCheck, onOpen }: Props) {
  return (
    <div className={classNames(styles.row, isOpen && styles.open)} onClick={onOpen}>
      <CheckBox isChecked={isChecked} onChange={onCheck} label={`Pick: ${request.act}`} />
      <div className={styles.words}>
        <div className={styles.act}>
          <Prose text={request.act} />
        </div>
        <div className={styles.who}>
          <RiskSign level={request.riskLevel} />
          <bdi>{clientName(request.clientId)}</bdi> · <bdi>{request.sessionId}</bdi>
        </div>
      </div>
      <Left askedAt={request.askedAt} expiresAt={request.expiresAt} />
    </div>
  );
}
