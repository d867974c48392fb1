import { useState } from "react";
import type { ImportState } from "../../../main/areas/sessions/contract.ts";
import { asCallError, type CallError } from "../../client/errors.ts";
import { go } from "../../page/navigation.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { counted } from "../../ui/text-rows.ts";
import { calls } from "./calls.ts";
import styles from "./SessionsPage.module.css";

interface Props {
  readonly state: ImportState;
  readonly onClose: () => void;
}

/** What a file holds, before any of it is kept. */
export function ImportDialog({ state, onClose }: Props) {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<CallError | null>(null);
  const { id, title, sessionId, messages, compactions } = state;
  const cancel = () => {
    onClose();
    // One that has been left alone is given up by itself.
    calls.abandonImport({ id }).catch(() => undefined);
  };
  const keep = async () => {
    setBusy(true);
    try {
      const session = await calls.finishImport({ id });
      onClose();
      go("sessions", session.id);
    } catch (caught) {
      setBusy(false);
      setError(asCallError(caught));
    }
  };
  return (
    <Dialog
      title="Import this session?"
      size="small"
      onClose={cancel}
      footer={
        <>
          <Button onClick={cancel}>Cancel</Button>
          <Button look="primary" isBusy={isBusy} disabled={error !== null} onClick={() => void keep()}>
            Import
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>
          <strong>
            <bdi>{title === "" ? sessionId : title}</bdi>
          </strong>
        </p>
        <p>
          {counted(messages, "message")}
          {compactions > 0 && `, ${counted(compactions, "summary", "summaries")}`}. It becomes a session of
          its own; nothing that is here is changed. Its runs and what was decided are not in the file.
        </p>
        {error !== null && <ErrorNote title="It was not imported." error={error} />}
      </div>
    </Dialog>
  );
}
