import { X } from "lucide-react";
import { useState } from "react";
import type { Memory } from "../../../main/areas/memories/contract.ts";
import { useShortcuts } from "../../page/shortcuts.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { counted } from "../../ui/text-rows.ts";
import styles from "./Memories.module.css";
import { remove } from "./memory-acts.ts";

interface Props {
  readonly picked: readonly Memory[];
  readonly onClear: () => void;
}

/** What can be done with the picked memories. */
export function MemoryBar({ picked, onClear }: Props) {
  const [isAsking, setAsking] = useState(false);
  const count = counted(picked.length, "memory", "memories");
  const removeAll = () => {
    setAsking(false);
    onClear();
    void remove(picked);
  };
  useShortcuts("Picked memories", [
    { keys: "delete", does: "Delete the picked ones…", run: () => setAsking(true) },
    { keys: "escape", does: "Unpick all", run: onClear },
  ]);
  return (
    <div className={styles.bar} role="toolbar" aria-label="Picked memories">
      <span>{picked.length} picked</span>
      <Button look="deny" onClick={() => setAsking(true)}>
        Delete…
      </Button>
      <IconButton icon={X} label="Unpick all" keys="escape" onClick={onClear} />
      {isAsking && (
        <Dialog
          title={`Delete ${count}?`}
          size="small"
          onClose={() => setAsking(false)}
          footer={
            <>
              <Button onClick={() => setAsking(false)}>Cancel</Button>
              <Button look="danger" onClick={removeAll}>
                Delete {count}
              </Button>
            </>
          }
        >
          <p>No run is told of them any more. For some seconds this can be taken back.</p>
        </Dialog>
      )}
    </div>
  );
}
