import { TriangleAlert } from "lucide-react";
import type { AccessKey } from "../../../main/areas/access/contract.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { useNow } from "../../ui/now.ts";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { exactTime } from "../../ui/time.ts";
import { Tooltip } from "../../ui/Tooltip.tsx";
import styles from "./Access.module.css";
import { endWords } from "./end-words.ts";
import { isPowerful, scopesSentence } from "./scope-words.ts";

export function KeyRow({
  namedKey: key,
  onRevoke,
}: {
  readonly namedKey: AccessKey;
  readonly onRevoke: () => void;
}) {
  const { name, scopes, lastUsedAt } = key;
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <div className={styles.name}>
          <bdi>{name}</bdi>
          <Ending namedKey={key} />
        </div>
        <div className={styles.rights}>
          {isPowerful(scopes) && <TriangleAlert size={14} aria-label="Powerful" className={styles.sign} />}
          {scopesSentence(scopes)}
        </div>
        <div className={styles.used}>
          {lastUsedAt === null ? (
            "never used"
          ) : (
            <>
              last used <RelativeTime at={lastUsedAt} />
            </>
          )}
        </div>
      </div>
      <Button size="small" onClick={onRevoke} aria-label={`Revoke ${name}`}>
        Revoke…
      </Button>
    </div>
  );
}

function Ending({ namedKey: { expiresAt } }: { readonly namedKey: AccessKey }) {
  const now = useNow();
  if (expiresAt === null) return null;
  return (
    <Tooltip text={exactTime(expiresAt)}>
      <span>
        {expiresAt <= now ? <Badge tone="deny">Expired</Badge> : <Badge>{endWords(expiresAt, now)}</Badge>}
      </span>
    </Tooltip>
  );
}
