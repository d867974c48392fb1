import { X } from "lucide-react";
import { useShortcuts } from "../../page/shortcuts.ts";
import { Button } from "../../ui/Button.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import styles from "./Inbox.module.css";

interface Props {
  readonly count: number;
  readonly onAsk: (decision: "allow" | "deny") => void;
  readonly onClear: () => void;
}

/** What can be done with the picked requests. Nothing happens before the list of them is confirmed. */
export function BulkBar({ count, onAsk, onClear }: Props) {
  useShortcuts("Picked requests", [
    { keys: "a", does: "Allow the picked ones…", run: () => onAsk("allow") },
    { keys: "d", does: "Deny the picked ones…", run: () => onAsk("deny") },
    { keys: "escape", does: "Unpick all", run: onClear },
  ]);
  return (
    <div className={styles.bar} role="toolbar" aria-label="Picked requests">
      <span>{count} picked</span>
      <Button look="allow" onClick={() => onAsk("allow")}>
        Allow once…
      </Button>
      <Button look="deny" onClick={() => onAsk("deny")}>
        Deny…
      </Button>
      <IconButton icon={X} label="Unpick all" keys="escape" onClick={onClear} />
    </div>
  );
}
