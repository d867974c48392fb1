import { GitFork } from "lucide-react";
import type { Session } from "../../../main/areas/sessions/contract.ts";
import { CheckBox } from "../../ui/CheckBox.tsx";
import { ListRow } from "../../ui/ListRow.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { counted } from "../../ui/text-rows.ts";
import { nameOf } from "./session-acts.ts";
import styles from "./SessionsPage.module.css";

export const sessionRowHeight = 54;

interface Props {
  readonly session: Session;
  readonly isSelected: boolean;
  readonly isPicked: boolean;
  readonly onSelect: () => void;
  readonly onPick: () => void;
}

export function SessionRow({ session, isSelected, isPicked, onSelect, onPick }: Props) {
  const { id, clientId, parent, tags } = session;
  return (
    <ListRow
      isSelected={isSelected}
      onSelect={onSelect}
      icon={<CheckBox isChecked={isPicked} onChange={onPick} label={`Pick ${nameOf(session)}`} />}
      title={nameOf(session)}
      aside={<RelativeTime at={session.updatedAt} />}
      detail={
        <>
          {parent !== null && <GitFork size={12} className={styles.fork} aria-label="Forked" />}
          {tags.map((tag) => (
            <bdi key={tag} className={styles.tag}>
              {tag}
            </bdi>
          ))}
          <bdi>{id}</bdi> · {counted(session.messageCount, "message")} · {counted(session.runCount, "run")}
          {clientId !== "" && (
            <>
              {" · "}
              <bdi>{clientId}</bdi>
            </>
          )}
        </>
      }
    />
  );
}
