import { CheckBox } from "../../ui/CheckBox.tsx";
import { ListRow } from "../../ui/ListRow.tsx";
import { Prose } from "../../ui/Prose.tsx";
import { useSecond } from "../../ui/now.ts";
import { hurryMs } from "../../ui/TimeBar.tsx";
import { countdown } from "../../ui/time.ts";
import type { WaitingRowProps } from "../waiting-kind.ts";
import { clientName, whence } from "./outcome-words.ts";
import styles from "./TimeLeft.module.css";
import type { WaitingPermission } from "./pending-store.ts";
import { RiskSign } from "./RiskSign.tsx";

/** How much time is left, in the row of a list. */
export function LeftOf({ askedAt, expiresAt }: Pick<WaitingPermission, "askedAt" | "expiresAt">) {
  const now = Math.max(askedAt, useSecond());
  if (expiresAt === null) return null;
  const left = expiresAt - now;
  return <span className={left < hurryMs ? styles.hurry : undefined}>{countdown(left)}</span>;
}

/** A waiting request in a list from which several can be picked. */
export function ManyRow({
  item,
  isPicked,
  isOpen = false,
  onPick,
  onOpen,
}: WaitingRowProps<WaitingPermission>) {
  return (
    <ListRow
      isSelected={isOpen}
      onSelect={onOpen}
      icon={<CheckBox isChecked={isPicked} onChange={onPick} label={`Pick: ${item.act}`} />}
      title={<Prose text={item.act} />}
      aside={<LeftOf askedAt={item.askedAt} expiresAt={item.expiresAt} />}
      detail={
        <>
          <RiskSign level={item.riskLevel} />
          <bdi>{clientName(item.clientId)}</bdi> · <bdi>{whence(item)}</bdi>
        </>
      }
    />
  );
}
