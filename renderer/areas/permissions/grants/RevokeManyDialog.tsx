import { useState } from "react";
import type { Grant } from "../../../../main/areas/permissions/contract.ts";
import { asCallError, type CallError } from "../../../client/errors.ts";
import { Button } from "../../../ui/Button.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { ErrorNote } from "../../../ui/ErrorNote.tsx";
import { counted } from "../../../ui/text-rows.ts";
import { windowCalls } from "../window-calls.ts";
import { revokedMany, useGrants } from "./grants-store.ts";

interface Props {
  readonly grants: readonly Grant[];
  /** Whose they are: "claude-code", "every agent". */
  readonly whose: string;
  readonly onClose: () => void;
}

/** Asks back: many at once are not taken back by one click. */
export function RevokeManyDialog({ grants, whose, onClose }: Props) {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<CallError | null>(null);
  const revoke = async () => {
    setBusy(true);
    try {
      const gone = await windowCalls.revokeGrants({ ids: grants.map(({ id }) => id) });
      useGrants.update((known) => revokedMany(known, gone.grants));
      onClose();
    } catch (caught) {
      setBusy(false);
      setError(asCallError(caught));
    }
  };
  return (
    <Dialog
      title={`Revoke ${counted(grants.length, "grant")} of ${whose}?`}
      size="small"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" isBusy={isBusy} onClick={() => void revoke()}>
            Revoke {counted(grants.length, "grant")}
          </Button>
        </>
      }
    >
      <p>From now on each such call asks you again. What runs already goes on.</p>
      {error !== null && <ErrorNote title="They were not revoked." error={error} />}
    </Dialog>
  );
}
