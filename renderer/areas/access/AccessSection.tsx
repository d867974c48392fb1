import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import type { AccessKey } from "../../../main/areas/access/contract.ts";
import { useFollowed } from "../../client/use-followed.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { SkeletonRows } from "../../ui/Skeleton.tsx";
import { Group } from "../settings/Group.tsx";
import styles from "./Access.module.css";
import { KeyRow } from "./KeyRow.tsx";
import { NewKeyDialog } from "./NewKeyDialog.tsx";
import { RevokeDialog } from "./RevokeDialog.tsx";
import { useKeys } from "./store.ts";

/** Who may come in besides you, and what for. */
export function AccessSection() {
  const { data: keys, status, error } = useFollowed(useKeys);
  const [isAdding, setAdding] = useState(false);
  const [revoked, setRevoked] = useState<AccessKey | null>(null);
  const add = (
    <Button icon={<Plus size={16} aria-hidden />} onClick={() => setAdding(true)}>
      Make a key
    </Button>
  );
  return (
    <>
      {status === "loading" && <SkeletonRows height={56} rows={3} />}
      {status === "failed" && (
        <ErrorNote
          title="The keys could not be loaded."
          error={error}
          onRetry={() => void useKeys.reload()}
        />
      )}
      {status === "ready" && keys.length === 0 && (
        <EmptyState icon={KeyRound} title="No keys yet" action={add}>
          A key lets a tool, an agent or a phone in under its own name, with no more rights than you give it.
        </EmptyState>
      )}
      {keys.length > 0 && (
        <Group description="Each key lets one tool in under its own name. The history names it; a revoked key is out at once.">
          {keys.map((key) => (
            <KeyRow key={key.id} namedKey={key} onRevoke={() => setRevoked(key)} />
          ))}
          <div className={styles.add}>{add}</div>
        </Group>
      )}
      {isAdding && <NewKeyDialog taken={keys.map(({ name }) => name)} onClose={() => setAdding(false)} />}
      {revoked !== null && <RevokeDialog namedKey={revoked} onClose={() => setRevoked(null)} />}
    </>
  );
}
