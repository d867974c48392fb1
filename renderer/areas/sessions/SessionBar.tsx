import { X } from "lucide-react";
import { useState } from "react";
import type { Session } from "../../../main/areas/sessions/contract.ts";
import { useShortcuts } from "../../page/shortcuts.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { counted } from "../../ui/text-rows.ts";
import { archive, remove } from "./session-acts.ts";
import styles from "./SessionsPage.module.css";

interface Props {
  readonly picked: readonly Session[];
  readonly isArchive: boolean;
  readonly onClear: () => void;
}

/** What can be done with the picked sessions. */
export function SessionBar({ picked, isArchive, onClear }: Props) {
  const [isAsking, setAsking] = useState(false);
  const putAway = () => {
    onClear();
    void archive(picked, !isArchive);
  };
  const removeAll = () => {
    setAsking(false);
    onClear();
    void remove(picked);
  };
  useShortcuts("Picked sessions", [
    {
      keys: "a",
      does: isArchive ? "Take the picked ones back into the list" : "Archive the picked ones",
      run: putAway,
    },
    { keys: "delete", does: "Delete the picked ones…", run: () => setAsking(true) },
    { keys: "escape", does: "Unpick all", run: onClear },
  ]);
  return (
    <div className={styles.bar} role="toolbar" aria-label="Picked sessions">
      <span>{picked.length} picked</span>
      <Button onClick={putAway}>{isArchive ? "Back to the list" : "Archive"}</Button>
      <Button look="deny" onClick={() => setAsking(true)}>
        Delete…
      </Button>
      <IconButton icon={X} label="Unpick all" keys="escape" onClick={onClear} />
      {isAsking && (
        <Dialog
          title={`Delete ${counted(picked.length, "session")}?`}
          size="small"
          onClose={() => setAsking(false)}
          footer={
            <>
              <Button onClick={() => setAsking(false)}>Cancel</Button>
              <Button look="danger" onClick={removeAll}>
                Delete {counted(picked.length, "session")}
              </Button>
            </>
          }
        >
          <p>
            Their messages, runs and events are removed. What was decided stays in History. For a few seconds
            this can be taken back.
          </p>
        </Dialog>
      )}
    </div>
  );
}
