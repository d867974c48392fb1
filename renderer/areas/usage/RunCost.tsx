import { useEffect, useState } from "react";
import type { Run } from "../../../main/areas/runs/contract.ts";
import { calls } from "./calls.ts";
import { dollars, exactDollars } from "./usage-words.ts";

/** What an ended run cost; nothing where that is not known. */
export function RunCost({ id }: { readonly id: Run["id"] }) {
  const [cost, setCost] = useState<number | null>(null);
  useEffect(() => {
    let isWanted = true;
    const show = (known: number | null) => {
      if (isWanted) setCost(known);
    };
    calls.getRunCost({ id }).then(
      (answer) => show(answer.cost),
      () => show(null),
    );
    return () => void (isWanted = false);
  }, [id]);
  return cost === null ? null : <span title={exactDollars(cost)}>{dollars(cost)}</span>;
}
