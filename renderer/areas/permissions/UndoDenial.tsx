import { Undo2 } from "lucide-react";
import { useState } from "react";
import type { PermissionId } from "../../../main/contract/ids.ts";
import { Button } from "../../ui/Button.tsx";
import { useSecond } from "../../ui/now.ts";
import { undoDenial } from "./answer.ts";
import { usePending, type UndoableDenial } from "./pending-store.ts";

/** What can still be taken back: the denial of one request, or the newest. */
export function useUndoable(id?: PermissionId): UndoableDenial | null {
  const denial = usePending(
    ({ data }) => data.denials.find(({ request }) => id === undefined || request.id === id) ?? null,
  );
  const now = useSecond();
  return denial !== null && now < denial.until ? denial : null;
}

/** Takes a denial back. It is there only as long as that is possible. */
export function UndoDenial({
  denial,
  onUndone,
}: {
  readonly denial: UndoableDenial;
  readonly onUndone?: () => void;
}) {
  const [isBusy, setBusy] = useState(false);
  const seconds = Math.max(1, Math.ceil((denial.until - useSecond()) / 1000));
  const undo = async () => {
    setBusy(true);
    const isUndone = await undoDenial(denial.request.id).catch(() => false);
    setBusy(false);
    if (isUndone) onUndone?.();
  };
  return (
    <Button
      size="small"
      icon={<Undo2 size={14} aria-hidden />}
      isBusy={isBusy}
      aria-label="Undo the denial"
      onClick={() => void undo()}
    >
      Undo · {seconds}
    </Button>
  );
}
