import { useEffect, useState } from "react";
import type { Session, StoredCompaction } from "../../../main/areas/sessions/contract.ts";
import { calls } from "./calls.ts";

const none: readonly StoredCompaction[] = [];

/** Where the model's view began, the newest last. A run may condense it, so it is asked for again with each. */
export function useCompactions(id: Session["id"], runCount: number | null): readonly StoredCompaction[] {
  const [compactions, setCompactions] = useState(none);
  useEffect(() => {
    if (runCount === null) return;
    let isWanted = true;
    calls.listCompactions({ id }).then(
      (answer) => isWanted && setCompactions(answer.compactions),
      // The messages are all there without it.
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [id, runCount]);
  return compactions;
}
