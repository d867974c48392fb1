import { useEffect, useMemo, useState } from "react";
import type { Run } from "../../../main/areas/runs/contract.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { SearchX } from "lucide-react";
import { RunMemories } from "../memories/RunMemories.tsx";
import { RunHeader } from "./RunHeader.tsx";
import styles from "./RunDetail.module.css";
import { runFeed } from "./run-feed.ts";
import type { Timeline } from "./timeline/block.ts";
import { TimelineView } from "./TimelineView.tsx";

/** One run, as it was or as it goes on. Mount it anew for another run. */
export function RunDetail({ id }: { readonly id: Run["id"] }) {
  const useFeed = useMemo(() => runFeed(id), [id]);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => useFeed.follow(), [useFeed, attempt]);
  const { run, timeline, status, error } = useFeed();

  if (status === "failed" && error?.code === "runs.not_found") {
    return (
      <EmptyState icon={SearchX} title="This run is not here">
        It may belong to another home folder of Gatehouse.
      </EmptyState>
    );
  }
  return (
    <article className={styles.detail} aria-busy={status === "loading" || undefined}>
      <RunHeader run={run} usage={run?.usage ?? timeline.usage} prompt={promptOf(timeline)} />
      <RunMemories runId={id} />
      {status === "failed" && (
        <div className={styles.note}>
          <ErrorNote
            title="The run could not be loaded."
            error={error}
            onRetry={() => setAttempt(attempt + 1)}
          />
        </div>
      )}
      {/* The first page decides where to begin, so nothing is drawn before all of it is here. */}
      {status === "loading" ? <Loading /> : <TimelineView timeline={timeline} run={run} />}
    </article>
  );
}

function promptOf({ blocks }: Timeline): string | null {
  const first = blocks[0];
  return first?.kind === "prompt" ? first.text : null;
}

function Loading() {
  return (
    <div className={styles.loading} role="status" aria-label="Loading the run">
      <Skeleton height={44} />
      <Skeleton width="82%" />
      <Skeleton width="74%" />
      <Skeleton width="58%" />
    </div>
  );
}
