import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import type { WaitingItem } from "../../main/areas/waiting/contract.ts";
import { answerableTogether, ConfirmMany, kindOf } from "../areas/waiting.ts";
import { stillPicked, toggled } from "../page/picked.ts";
import { useShortcuts } from "../page/shortcuts.ts";
import { Button } from "../ui/Button.tsx";
import { CheckBox } from "../ui/CheckBox.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { VirtualList } from "../ui/VirtualList.tsx";
import styles from "./PopupMany.module.css";

/** Kept as picked: what is settled meanwhile must not change the question. */
interface Asking {
  readonly decision: "allow" | "deny";
  readonly items: ReturnType<typeof answerableTogether>;
}

interface Props {
  readonly waiting: readonly WaitingItem[];
  readonly onBack: () => void;
  readonly onOpen: (id: string) => void;
}

const rowHeight = 54;

/** All that waits, to open one or to answer many. */
export function PopupMany({ waiting, onBack, onOpen }: Props) {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<Asking | null>(null);
  const pickable = answerableTogether(waiting);
  const chosen = stillPicked(pickable, picked);
  const isAll = chosen.length === pickable.length;
  const pickAll = () => setPicked(new Set(pickable.map(({ id }) => id)));
  const ask = (decision: Asking["decision"]) => setAsking({ decision, items: chosen });
  const leave = () => (asking === null ? onBack() : setAsking(null));
  useShortcuts("All requests", [
    { keys: "escape", does: "Back", isGlobal: true, run: leave },
    { keys: "mod+a", does: "Pick all", run: pickAll },
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
              onChange={() => (isAll ? setPicked(new Set()) : pickAll())}
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
          <div className={styles.list}>
            <VirtualList
              items={waiting}
              keyOf={({ id }) => id}
              rowHeight={rowHeight}
              label="Waiting requests"
              render={(item) => {
                const { Row } = kindOf(item);
                return (
                  <Row
                    item={item}
                    isPicked={picked.has(item.id)}
                    onPick={() => setPicked(toggled(picked, item.id))}
                    onOpen={() => onOpen(item.id)}
                  />
                );
              }}
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
