import { Pencil, Pin, PinOff, SearchX, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import type { Memory } from "../../../main/areas/memories/contract.ts";
import { visibleText } from "../../../main/contract/visible-text.ts";
import { useQueried } from "../../client/use-queried.ts";
import { go } from "../../page/navigation.ts";
import { useShortcuts } from "../../page/shortcuts.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Id } from "../../ui/Copy.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { Skeleton } from "../../ui/Skeleton.tsx";
import { TextButton } from "../../ui/TextButton.tsx";
import styles from "./Memories.module.css";
import { pin, remove } from "./memory-acts.ts";
import { MemoryDialog } from "./MemoryDialog.tsx";
import { MemoryHistory } from "./MemoryHistory.tsx";
import { MemoryUses } from "./MemoryUses.tsx";
import { oneMemory } from "./one-memory.ts";
import { Source } from "./Source.tsx";

/** One memory, as it is now. Mount it anew for another one. */
export function MemoryDetail({ id }: { readonly id: Memory["id"] }) {
  const store = useMemo(() => oneMemory(id), [id]);
  const { data, status, error } = useQueried(store);
  const { memory } = data;
  const [isEditing, setEditing] = useState(false);
  const edit = () => memory !== null && setEditing(true);
  useShortcuts("Memory", [
    { keys: "e", does: "Edit", run: edit },
    { keys: "p", does: "Pin or unpin", run: () => memory !== null && void pin(memory) },
  ]);

  if (data.isGone || (status === "failed" && error?.code === "memories.not_found")) {
    return <EmptyState icon={SearchX} title="This memory is not here" />;
  }
  if (status === "failed") {
    return (
      <div className={styles.detail}>
        <ErrorNote
          title="The memory could not be loaded."
          error={error}
          onRetry={() => void store.reload()}
        />
      </div>
    );
  }
  if (memory === null) {
    return (
      <div className={styles.detail} role="status" aria-label="Loading the memory">
        <Skeleton width={240} height={16} />
        <Skeleton width="80%" />
        <Skeleton width="60%" />
      </div>
    );
  }
  const { source } = memory;
  return (
    <article className={styles.detail}>
      <header className={styles.header}>
        <div className={styles.facts}>
          <Id id={id} />
          <span>
            kept <RelativeTime at={memory.createdAt} /> by <Source source={source} />
          </span>
          {memory.revision > 1 && (
            <span>
              changed <RelativeTime at={memory.updatedAt} />
            </span>
          )}
          {source.runId !== null && (
            <TextButton onClick={() => go("runs", source.runId)}>Open the run it comes from</TextButton>
          )}
        </div>
        <Button
          size="small"
          icon={memory.pinned ? <PinOff size={14} aria-hidden /> : <Pin size={14} aria-hidden />}
          aria-pressed={memory.pinned}
          onClick={() => void pin(memory)}
        >
          {memory.pinned ? "Unpin" : "Pin"}
        </Button>
        <Button size="small" icon={<Pencil size={14} aria-hidden />} onClick={edit}>
          Edit
        </Button>
        <Button
          size="small"
          look="deny"
          icon={<Trash2 size={14} aria-hidden />}
          onClick={() => void remove([memory])}
        >
          Delete
        </Button>
      </header>
      <p className={`${styles.content} selectable`} dir="auto" data-memory>
        {visibleText(memory.content, "\n\t")}
      </p>
      {memory.tags.length > 0 && (
        <div className={styles.line}>
          {memory.tags.map((tag) => (
            <Badge key={tag}>
              <bdi>{tag}</bdi>
            </Badge>
          ))}
        </div>
      )}
      <MemoryUses memory={memory} />
      <MemoryHistory memory={memory} />
      {isEditing && <MemoryDialog memory={memory} onClose={() => setEditing(false)} onSaved={() => {}} />}
    </article>
  );
}
