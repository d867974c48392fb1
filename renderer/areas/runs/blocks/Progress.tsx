import { CircleDashed, Clock } from "lucide-react";
import type { Run } from "../../../../main/areas/runs/contract.ts";
import type { Timeline } from "../timeline/block.ts";
import styles from "./lines.module.css";

/** What a run does while nothing new is written. */
export function Progress({ timeline, run }: { readonly timeline: Timeline; readonly run: Run | null }) {
  if (timeline.isEnded || run === null || run.endedAt !== null) return null;
  if (run.status === "queued") {
    return (
      <div className={styles.note} role="status">
        <Clock size={16} strokeWidth={1.75} aria-hidden />
        Waits for an earlier run of this session to end.
      </div>
    );
  }
  const last = timeline.blocks.at(-1);
  const isWriting = last?.kind === "text" && last.state === "streaming";
  if (isWriting || timeline.openTools.length > 0) return null;
  return (
    <div className={styles.note} role="status">
      <CircleDashed size={16} strokeWidth={1.75} aria-hidden />
      Waiting for the model.
    </div>
  );
}
