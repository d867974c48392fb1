import type { Run } from "../../../main/areas/runs/contract.ts";
import { useSecond } from "../../ui/now.ts";
import { duration } from "../../ui/time.ts";

function Elapsed({ since }: { readonly since: number }) {
  const seconds = Math.max(0, Math.floor((useSecond() - since) / 1000));
  return <>{seconds < 60 ? `${seconds} s` : duration(seconds * 1000)}</>;
}

/** How long a run took, or has been going on. */
export function RunTime({ run }: { readonly run: Run }) {
  return run.endedAt === null ? (
    <Elapsed since={run.startedAt} />
  ) : (
    <>{duration(run.endedAt - run.startedAt)}</>
  );
}
