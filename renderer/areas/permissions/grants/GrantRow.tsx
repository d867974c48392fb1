import type { Grant } from "../../../../main/areas/permissions/contract.ts";
import { Badge } from "../../../ui/Badge.tsx";
import { Button } from "../../../ui/Button.tsx";
import { classNames } from "../../../ui/class-names.ts";
import { useNow } from "../../../ui/now.ts";
import { Prose } from "../../../ui/Prose.tsx";
import { RelativeTime } from "../../../ui/RelativeTime.tsx";
import { counted } from "../../../ui/text-rows.ts";
import rowStyles from "../../../ui/row.module.css";
import { clockTime, exactTime, isSameDay } from "../../../ui/time.ts";
import { Tooltip } from "../../../ui/Tooltip.tsx";
import styles from "./Grants.module.css";

/** How long it holds: "until 18:00", "this session", "until revoked". */
function Life({ grant }: { readonly grant: Grant }) {
  const now = useNow();
  const { expiresAt, sessionId } = grant;
  if (expiresAt !== null) {
    const when = isSameDay(expiresAt, now) ? clockTime(expiresAt) : exactTime(expiresAt);
    return (
      <Tooltip text={exactTime(expiresAt)}>
        <span>
          <Badge>until {when}</Badge>
        </span>
      </Tooltip>
    );
  }
  if (sessionId !== null) {
    return (
      <Tooltip text={`As long as the session “${sessionId}” lasts`}>
        <span>
          <Badge>this session</Badge>
        </span>
      </Tooltip>
    );
  }
  return <Badge>until revoked</Badge>;
}

interface Props {
  readonly grant: Grant;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
  readonly onRevoke: () => void;
}

export function GrantRow({ grant, isSelected, onSelect, onRevoke }: Props) {
  return (
    <div
      className={classNames(rowStyles.row, styles.row, isSelected && rowStyles.selected)}
      onClick={onSelect}
    >
      <div className={styles.words}>
        <div className={styles.sentence}>
          <Prose text={grant.sentence} />
        </div>
        <div className={styles.facts}>
          {grant.useCount === 0 ? (
            "never used"
          ) : (
            <>
              used {counted(grant.useCount, "time")}
              {grant.lastUsedAt !== null && (
                <>
                  , last <RelativeTime at={grant.lastUsedAt} />
                </>
              )}
            </>
          )}
          {" · given "}
          <RelativeTime at={grant.createdAt} />
          {grant.sessionId !== null && (
            <>
              {" · session "}
              <bdi>{grant.sessionId}</bdi>
            </>
          )}
        </div>
      </div>
      <Life grant={grant} />
      <Button size="small" look="deny" onClick={onRevoke}>
        Revoke
      </Button>
    </div>
  );
}
