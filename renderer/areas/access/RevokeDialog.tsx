import { useState } from "react";
import type { AccessKey } from "../../../main/areas/access/contract.ts";
import { asCallError, hasCode, type CallError } from "../../client/errors.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { calls } from "./calls.ts";
import { useKeys, withoutKey } from "./store.ts";

/** Asks back: a revoked key can't be taken back, and whoever has it has to be given another. */
export function RevokeDialog({
  namedKey: { id, name },
  onClose,
}: {
  readonly namedKey: AccessKey;
  readonly onClose: () => void;
}) {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<CallError | null>(null);
  const revoke = async () => {
    setBusy(true);
    try {
      await calls.revokeKey({ id });
    } catch (caught) {
      if (!hasCode(caught, "access.not_found")) {
        setBusy(false);
        return setError(asCallError(caught));
      }
    }
    useKeys.update((keys) => withoutKey(keys, id));
    onClose();
  };
  return (
    <Dialog
      title={`Revoke “${name}”?`}
      size="small"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" isBusy={isBusy} onClick={() => void revoke()}>
            Revoke
          </Button>
        </>
      }
    >
      <p>
        Whoever has it is out at once: what it has open ends, what it asked for is withdrawn, and what was
        remembered for it is forgotten. This can’t be taken back; you can make another key.
      </p>
      {error !== null && <ErrorNote title="It was not revoked." error={error} />}
    </Dialog>
  );
}
