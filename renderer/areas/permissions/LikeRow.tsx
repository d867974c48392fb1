import { ChevronRight } from "lucide-react";
import { useState } from "react";
import type { PermissionSummary } from "../../../main/areas/permissions/contract.ts";
import { CheckBox } from "../../ui/CheckBox.tsx";
import { classNames } from "../../ui/class-names.ts";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import foldStyles from "../../ui/fold.module.css";
import { PathLink } from "../../ui/PathLink.tsx";
import { Prose } from "../../ui/Prose.tsx";
import styles from "./LikeRow.module.css";
import type { Like } from "./many.ts";
import { clientName } from "./outcome-words.ts";
import type { WaitingPermission } from "./pending-store.ts";
import { useRequest } from "./request-cache.ts";
import { RequestBody } from "./RequestBody.tsx";
import { RiskSign } from "./RiskSign.tsx";
import { Risks } from "./Risks.tsx";

function Whole({ request: summary }: { readonly request: PermissionSummary }) {
  const { request, error } = useRequest(summary.id);
  if (error !== null) return <ErrorNote title="This request could not be loaded." error={error} />;
  if (request === null) return <div className={styles.loading}>Loading…</div>;
  return (
    <div className={styles.whole}>
      <PathLink path={summary.workDir} />
      <RequestBody presentation={request.presentation} maxHeight={200} />
      <Risks risks={request.presentation.risks} />
    </div>
  );
}

interface Props {
  readonly row: Like<WaitingPermission>;
  readonly isPicked: boolean;
  readonly onPick: () => void;
}

/** One of the rows of the question before many answers: how many, what and who, and on opening all of it. */
export function LikeRow({ row, isPicked, onPick }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [first] = row.requests;
  const count = row.requests.length;
  const askers = [...new Set(row.requests.map(({ clientId }) => clientName(clientId)))];
  return (
    <div className={styles.item}>
      <div className={styles.line}>
        {row.isTicked && (
          <span className={styles.tick}>
            <CheckBox isChecked={isPicked} onChange={onPick} label={`Allow too: ${first.act}`} />
          </span>
        )}
        <button type="button" className={styles.row} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <ChevronRight size={14} aria-hidden className={classNames(foldStyles.chevron, styles.chevron)} />
          <span className={styles.words}>
            {count > 1 && <strong>{count} × </strong>}
            <Prose text={first.act} />
            <span className={styles.who}>
              <RiskSign level={first.riskLevel} />
              <bdi>{askers.join(", ")}</bdi>
            </span>
          </span>
        </button>
      </div>
      {isOpen && <Whole request={first} />}
    </div>
  );
}
