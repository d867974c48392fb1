import { useState } from "react";
import type { Backup } from "../../../main/areas/storage/contract.ts";
import { asCallError, type CallError } from "../../client/errors.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { Field, Select } from "../../ui/Field.tsx";
import styles from "./Storage.module.css";
import { calls } from "./calls.ts";
import { backupWords } from "./storage-words.ts";

const EMPTY = "";

/** Which backup to go back to, and what that means. */
export function RestoreDialog({
  backups,
  onClose,
}: {
  readonly backups: readonly Backup[];
  readonly onClose: () => void;
}) {
  const [name, setName] = useState(backups[0]?.name ?? EMPTY);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<CallError | null>(null);
  const restore = async () => {
    setBusy(true);
    setError(null);
    try {
      await calls.restoreBackup({ name: name === EMPTY ? null : name });
      onClose();
    } catch (caught) {
      setBusy(false);
      setError(asCallError(caught));
    }
  };
  return (
    <Dialog
      title={backups.length > 0 ? "Go back to a backup?" : "Begin with an empty history?"}
      size="small"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" isBusy={isBusy} onClick={() => void restore()}>
            {name === EMPTY ? "Begin anew" : "Restore and start anew"}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <Field label="Backup">
          <Select value={name} onChange={(event) => setName(event.target.value)}>
            {backups.map((backup) => (
              <option key={backup.name} value={backup.name}>
                {backupWords(backup)}
              </option>
            ))}
            <option value={EMPTY}>None: an empty history</option>
          </Select>
        </Field>
        <p>
          {name === EMPTY
            ? "Grants, keys, runs and the record of your decisions begin anew."
            : "Grants and keys hold as they did then, also those that you have revoked since."}{" "}
          What is there now is kept in a file beside it. Gatehouse starts anew: what runs is canceled, and
          what waits is denied.
        </p>
        {error !== null && <ErrorNote title="Nothing was changed." error={error} />}
      </div>
    </Dialog>
  );
}
