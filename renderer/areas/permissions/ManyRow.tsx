import { CheckBox } from "../../ui/CheckBox.tsx";
import { classNames } from "../../ui/class-names.ts";
import { Prose } from "../../ui/Prose.tsx";
import { useSecond } from "../../ui/now.ts";
import { hurryMs } from "../../ui/TimeBar.tsx";
import { countdown } from "../../ui/time.ts";
import type { WaitingRowProps } from "../waiting-kind.ts";
import { clientName } from "./outcome-words.ts";
import styles from "./ManyRow.module.css";
import type { WaitingPermission } from "./pending-store.ts";
import { RiskSign } from "./RiskSign.tsx";

function Left({ askedAt, expiresAt }: Pick<WaitingPermission, "askedAt" | "expiresAt">) {
  const now = Math.max(askedAt, useSecond());
  if (expiresAt === null) return null;
  const left = expiresAt - now;
  return <span className={left < hurryMs ? styles.hurry : styles.left}>{countdown(left)}</span>;
}

/** A waiting request in a list from which several can be picked. */
export function ManyRow({
  item: request,
  isPicked,
  isOpen = false,
  onPick,
  onOpen,
}: WaitingRowProps<WaitingPermission>) {
  return (
    <div className={classNames(styles.row, isOpen && styles.open)} onClick={onOpen}>
      <CheckBox isChecked={isPicked} onChange={onPick} label={`Pick: ${request.act}`} />
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
