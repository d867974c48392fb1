import {
  Archive,
  ArchiveRestore,
  Copy,
  Ellipsis,
  FileJson,
  FileText,
  Pencil,
  Play,
  SearchX,
  Trash2,
} from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import type { Session } from "../../../main/areas/sessions/contract.ts";
import { go, usePart } from "../../page/navigation.ts";
import { useShortcuts } from "../../page/shortcuts.ts";
import { Badge } from "../../ui/Badge.tsx";
import { useQueried } from "../../client/use-queried.ts";
import { Id } from "../../ui/Copy.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { Menu, MenuItem, MenuSeparator } from "../../ui/Menu.tsx";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { LoadedList } from "../../ui/LoadedList.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { TextButton } from "../../ui/TextButton.tsx";
import { WorkFolder } from "./WorkFolder.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { everyRun, runList, type RunQuery } from "../runs/run-list.ts";
import { RunRow, runRowHeight } from "../runs/RunRow.tsx";
import { useCompactions } from "./use-compactions.ts";
import { EditSessionDialog } from "./EditSessionDialog.tsx";
import { FamilyView } from "./FamilyView.tsx";
import { openMessage } from "./open-message.ts";
import { messageLog } from "./message-pages.ts";
import { Messages } from "./Messages.tsx";
import { PromptBox } from "./PromptBox.tsx";
import { archive, fork, remove, save } from "./session-acts.ts";
import styles from "./SessionDetail.module.css";

type View = "messages" | "runs" | "family";

/** One session. Mount it anew for another one. */
export function SessionDetail({ id }: { readonly id: Session["id"] }) {
  const log = useMemo(() => messageLog(id), [id]);
  const [view, setView] = useState<View>("messages");
  const { data, status, error } = useQueried(log);
  const [isEditing, setEditing] = useState(false);
  const { session } = data;
  const compactions = useCompactions(id, session?.runCount ?? null);
  const viewStart = compactions.at(-1)?.from ?? null;
  const part = usePart("sessions");
  const target = part !== null && /^\d{1,9}$/.test(part) ? Number(part) : null;
  useEffect(() => {
    if (target !== null) setView("messages");
  }, [target]);
  const edit = () => session !== null && setEditing(true);
  useShortcuts("Session", [{ keys: "e", does: "Name, tags and folder", run: edit }]);

  if (data.isGone || (status === "failed" && error?.code === "sessions.not_found")) {
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
          {session?.tags.map((tag) => (
            <Badge key={tag}>
              <bdi>{tag}</bdi>
            </Badge>
          ))}
          {session !== null && session.archivedAt !== null && <Badge>Archived</Badge>}
          <Segmented<View>
            label="What to show"
            value={view}
            onChange={setView}
            options={[
              { value: "messages", label: `Messages ${session?.messageCount ?? ""}` },
              { value: "runs", label: `Runs ${session?.runCount ?? ""}` },
              { value: "family", label: "Forks" },
            ]}
          />
          {session !== null && <SessionMenu session={session} onEdit={edit} />}
        </div>
        <div className={styles.second}>
          <div className={styles.facts}>
            <Id id={id} />
            {session !== null && (
              <span>
                used <RelativeTime at={session.updatedAt} />
              </span>
            )}
            {session !== null && <WorkFolder session={session} />}
            {viewStart !== null && (
              <TextButton className={styles.parent} onClick={() => openMessage(id, viewStart)}>
                condensed up to {viewStart}
              </TextButton>
            )}
            {session !== null && session.parent !== null && <ForkedFrom parent={session.parent} />}
            {session !== null && session.clientId !== "" && (
              <span>
                from <bdi>{session.clientId}</bdi>
              </span>
            )}
          </div>
        </div>
      </header>
      {status === "failed" && (
        <div className={styles.note}>
          <ErrorNote
            title="The messages could not be loaded."
            error={error}
            onRetry={() => void log.reload()}
          />
        </div>
      )}
      {view === "runs" && <RunsOfSession id={id} />}
      {view === "family" && session !== null && <FamilyView session={session} />}
      {view === "messages" && (
        <>
          <Messages
            log={log}
            target={target}
            compactions={compactions}
            onFork={(index) => void fork({ id }, index)}
          />
          <PromptBox sessionId={id} />
        </>
      )}
      {isEditing && session !== null && (
        <EditSessionDialog session={session} onClose={() => setEditing(false)} />
      )}
    </article>
  );
}

function ForkedFrom({ parent }: { readonly parent: NonNullable<Session["parent"]> }) {
  return (
    <TextButton
      className={styles.parent}
      onClick={() => openMessage(parent.id, Math.max(0, parent.index - 1))}
    >
      forked from <bdi>{parent.id}</bdi>
    </TextButton>
  );
}

function SessionMenu({ session, onEdit }: { readonly session: Session; readonly onEdit: () => void }) {
  const isArchived = session.archivedAt !== null;
  return (
    <Menu align="end" trigger={<IconButton icon={Ellipsis} label="More for this session" />}>
      <MenuItem icon={<Pencil size={14} aria-hidden />} keys="e" onSelect={onEdit}>
        Name, tags and folder…
      </MenuItem>
      <MenuItem
        icon={isArchived ? <ArchiveRestore size={14} aria-hidden /> : <Archive size={14} aria-hidden />}
        keys="a"
        onSelect={() => void archive([session], !isArchived)}
      >
        {isArchived ? "Back to the list" : "Archive"}
      </MenuItem>
      <MenuItem icon={<Copy size={14} aria-hidden />} onSelect={() => void fork(session)}>
        Clone
      </MenuItem>
      <MenuItem icon={<FileJson size={14} aria-hidden />} onSelect={() => void save(session, "json")}>
        Save as JSON…
      </MenuItem>
      <MenuItem icon={<FileText size={14} aria-hidden />} onSelect={() => void save(session, "markdown")}>
        Save as Markdown…
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={<Trash2 size={14} aria-hidden />}
        keys="delete"
        isDanger
        onSelect={() => void remove([session])}
      >
        Delete
      </MenuItem>
    </Menu>
  );
}

function RunsOfSession({ id }: { readonly id: Session["id"] }) {
  const query = useMemo<RunQuery>(() => ({ ...everyRun, sessionId: id }), [id]);
  const store = useMemo(() => runList(query), [query]);
  const { data, status, error } = useQueried(store);
  return (
    <div className={styles.runs}>
      <LoadedList
        items={data.items}
        keyOf={(run) => run.id}
        render={(run) => (
          <RunRow run={run} isSelected={false} onSelect={() => go("runs", run.id)} hasSession={false} />
        )}
        rowHeight={runRowHeight}
        label="Runs of this session"
        onNearEnd={store.loadMore}
        status={status}
        error={error}
        failedTitle="The runs could not be loaded."
        onRetry={() => void store.reload()}
        skeletonRows={4}
        empty={<EmptyState icon={Play} title="No runs in this session" />}
      />
    </div>
  );
}
