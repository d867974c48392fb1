import { useState } from "react";
import { asCallError } from "../../client/errors.ts";
import { useFollowed } from "../../client/use-followed.ts";
import { Button } from "../../ui/Button.tsx";
import { toast } from "../../ui/toasts.ts";
import { calls } from "./calls.ts";
import { RestoreDialog } from "./RestoreDialog.tsx";
import styles from "./Storage.module.css";
import { backupWords } from "./storage-words.ts";
import { useStorage } from "./store.ts";

/** The copies of the database, and the way back to one. */
export function BackupsSection({ className }: { readonly className: string | undefined }) {
  const { data: status } = useFollowed(useStorage);
  const [isBusy, setBusy] = useState(false);
  const [isChoosing, setChoosing] = useState(false);
  if (status === null) return null;
  const [newest] = status.backups;
  const backUp = async () => {
    setBusy(true);
    try {
      toast(`Backed up: ${backupWords(await calls.makeBackup())}`);
    } catch (caught) {
      toast(asCallError(caught).message, { tone: "deny" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className={className}>
      <h2>Backups</h2>
      <p>
        One is made and checked every day; five are kept.{" "}
        {newest === undefined ? "There is none yet." : `The newest is of ${backupWords(newest)}.`}
      </p>
      <div className={styles.actions}>
        <Button size="small" isBusy={isBusy} onClick={() => void backUp()}>
          Back up now
        </Button>
        <Button size="small" disabled={newest === undefined} onClick={() => setChoosing(true)}>
          Restore a backup…
        </Button>
      </div>
      {isChoosing && <RestoreDialog backups={status.backups} onClose={() => setChoosing(false)} />}
    </section>
  );
}
