import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import type { PermissionSummary } from "../../../../main/areas/permissions/contract.ts";
import { useShortcuts } from "../../../app/shortcuts.ts";
import { Button } from "../../../ui/Button.tsx";
import { CheckBox } from "../../../ui/CheckBox.tsx";
import { IconButton } from "../../../ui/IconButton.tsx";
import { VirtualList } from "../../../ui/VirtualList.tsx";
import type { Answer } from "../answer.ts";
import { ConfirmMany } from "../ConfirmMany.tsx";
import { stillSelected, toggled } from "../many.ts";
import { ManyRow } from "../ManyRow.tsx";
import styles from "./PopupMany.module.css";

/** Kept as picked: what is settled meanwhile must not change the question. */
interface Asking {
  readonly decision: Answer["decision"];
  readonly requests: readonly PermissionSummary[];
}

interface Props {
  readonly waiting: readonly PermissionSummary[];
  readonly onBack: () => void;
  readonly onOpen: (id: string) => void;
}

const rowHeight = 54;
const tallest = 432;

/** All that waits, to open one or to answer many. */
export function PopupMany({ waiting, onBack, onOpen }: Props) {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<Asking | null>(null);
  const chosen = stillSelected(waiting, picked);
  const isAll = chosen.length === waiting.length;
  const ask = (decision: Answer["decision"]) => setAsking({ decision, requests: chosen });
  const leave = () => (asking === null ? onBack() : setAsking(null));
  useShortcuts("All requests", [
    { keys: "escape", does: "Back", isGlobal: true, run: leave },
    { keys: "mod+a", does: "Pick all", run: () => setPicked(new Set(waiting.map(({ id }) => id))) },
  ]);

  return (
    <div className={styles.many}>
      <header className={styles.header}>
        <IconButton icon={ArrowLeft} label="Back" keys="escape" onClick={leave} />
        <h2>{waiting.length} waiting</h2>
        {asking === null && (
          <label className={styles.all}>
            Pick all
            <CheckBox
              isChecked={isAll}
              isMixed={chosen.length > 0}
              onChange={() => setPicked(isAll ? new Set() : new Set(waiting.map(({ id }) => id)))}
              label="Pick all"
            />
          </label>
        )}
      </header>
      {asking !== null ? (
        <div className={styles.confirm}>
          <ConfirmMany
            {...asking}
            onCancel={() => setAsking(null)}
            onDone={() => {
              setAsking(null);
              setPicked(new Set());
              onBack();
            }}
          />
        </div>
      ) : (
        <>
          <div style={{ height: Math.min(tallest, waiting.length * rowHeight + 8) }}>
            <VirtualList
              items={waiting}
              keyOf={({ id }) => id}
              rowHeight={rowHeight}
              label="Waiting requests"
              render={(request) => (
                <ManyRow
                  request={request}
                  isChecked={picked.has(request.id)}
                  onCheck={() => setPicked(toggled(picked, request.id))}
                  onOpen={() => onOpen(request.id)}
                />
              )}
            />
          </div>
          <footer className={styles.footer}>
            <Button look="allow" disabled={chosen.length === 0} onClick={() => ask("allow")}>
              {chosen.length === 0 ? "Allow once…" : `Allow ${chosen.length} once…`}
            </Button>
            <Button look="deny" disabled={chosen.length === 0} onClick={() => ask("deny")}>
              {chosen.length === 0 ? "Deny…" : `Deny ${chosen.length}…`}
            </Button>
          </footer>
        </>
      )}
    </div>
  );
}
