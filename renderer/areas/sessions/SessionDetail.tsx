import { Play, SearchX } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import type { Session } from "../../../main/areas/sessions/contract.ts";
import { go } from "../../app/navigation.ts";
import { Button } from "../../ui/Button.tsx";
import { Id } from "../../ui/Copy.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { Skeleton, SkeletonRows } from "../../ui/Skeleton.tsx";
import { VirtualList } from "../../ui/VirtualList.tsx";
import { openNewRun } from "../runs/new-run.ts";
import { everyRun, type RunQuery } from "../runs/run-list.ts";
import { RunRow, runRowHeight } from "../runs/RunRow.tsx";
import { useRunList } from "../runs/use-run-list.ts";
import { messageLog } from "./message-pages.ts";
import { Messages } from "./Messages.tsx";
import styles from "./SessionDetail.module.css";

type View = "messages" | "runs";

/** One session. Mount it anew for another one. */
export function SessionDetail({ id }: { readonly id: Session["id"] }) {
  const useLog = useMemo(() => messageLog(id), [id]);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => useLog.follow(), [useLog, attempt]);
  const [view, setView] = useState<View>("messages");
  const { session, status, error } = useLog();

  if (status === "failed" && error?.code === "sessions.not_found") {
    return <EmptyState icon={SearchX} title="This session is not here" />;
  }
  return (
    <article className={styles.detail}>
      <header className={styles.header}>
        <div className={styles.first}>
          <h2 className={styles.title} dir="auto" title={session?.title}>
            {session === null ? (
              <Skeleton width={200} height={16} />
            ) : session.title === "" ? (
              id
            ) : (
              session.title
            )}
          </h2>
          <Button size="small" icon={<Play size={14} aria-hidden />} onClick={() => openNewRun(id)}>
            Continue in this session
          </Button>
        </div>
        <div className={styles.second}>
          <div className={styles.facts}>
            <Id id={id} />
            {session !== null && (
              <span>
                used <RelativeTime at={session.updatedAt} />
              </span>
            )}
            {session !== null && session.clientId !== "" && (
              <span>
                from <bdi>{session.clientId}</bdi>
              </span>
            )}
          </div>
          <Segmented<View>
            label="What to show"
            value={view}
            onChange={setView}
            options={[
              { value: "messages", label: `Messages ${session?.messageCount ?? ""}` },
              { value: "runs", label: `Runs ${session?.runCount ?? ""}` },
            ]}
          />
        </div>
      </header>
      {status === "failed" && (
        <div className={styles.note}>
          <ErrorNote
            title="The messages could not be loaded."
            error={error}
            onRetry={() => setAttempt(attempt + 1)}
          />
        </div>
      )}
      {view === "runs" ? <RunsOfSession id={id} /> : <Messages log={useLog} />}
    </article>
  );
}

function RunsOfSession({ id }: { readonly id: Session["id"] }) {
  const query = useMemo<RunQuery>(() => ({ ...everyRun, sessionId: id }), [id]);
  const { store, data, status, error } = useRunList(query);
  if (status === "loading") return <SkeletonRows height={runRowHeight} rows={4} />;
  if (status === "failed") {
    return (
      <div className={styles.note}>
        <ErrorNote title="The runs could not be loaded." error={error} onRetry={() => void store.reload()} />
      </div>
    );
  }
  return (
    <div className={styles.runs}>
      <VirtualList
        items={data.runs}
        keyOf={(run) => run.id}
        render={(run) => (
          <RunRow run={run} isSelected={false} onSelect={() => go("runs", run.id)} hasSession={false} />
        )}
        rowHeight={runRowHeight}
        label="Runs of this session"
        onNearEnd={store.loadMore}
      />
    </div>
  );
}
