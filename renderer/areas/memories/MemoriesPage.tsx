import { NotebookPen, Plus } from "lucide-react";
import { useDeferredValue, useMemo, useState } from "react";
import type { Memory } from "../../../main/areas/memories/contract.ts";
import { useFollowed } from "../../client/use-followed.ts";
import { useQueried } from "../../client/use-queried.ts";
import { useListKeys } from "../../page/list-keys.ts";
import { select, useSelected } from "../../page/navigation.ts";
import { stillPicked, toggled } from "../../page/picked.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { TagSelect } from "../../ui/TagSelect.tsx";
import { LoadedList } from "../../ui/LoadedList.tsx";
import { ListDetail, Page, PageHeader } from "../../ui/Page.tsx";
import { SearchInput } from "../../ui/SearchInput.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import styles from "./Memories.module.css";
import { remove } from "./memory-acts.ts";
import { memoryList, type MemoryQuery } from "./memory-list.ts";
import { MemoryBar } from "./MemoryBar.tsx";
import { MemoryDetail } from "./MemoryDetail.tsx";
import { MemoryDialog } from "./MemoryDialog.tsx";
import { MemoryRow, memoryRowHeight } from "./MemoryRow.tsx";
import { useTags } from "./tags.ts";
import { TransferMenu } from "./TransferMenu.tsx";

const which = [
  { value: "all", label: "All" },
  { value: "pinned", label: "Pinned" },
] as const;

/** What agents and people want known later: to be found, corrected and forgotten. */
export function MemoriesPage() {
  const [search, setSearch] = useState("");
  const [tag, setTag] = useState<string | null>(null);
  const [isPinned, setPinned] = useState(false);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [isAdding, setAdding] = useState(false);
  const words = useDeferredValue(search.trim());
  const query = useMemo<MemoryQuery>(() => ({ search: words, tag, isPinned }), [words, tag, isPinned]);
  const store = useMemo(() => memoryList(query), [query]);
  const { data, status, error, isStale } = useQueried(store);
  const { data: tags } = useFollowed(useTags);
  const selected = useSelected("memories") as Memory["id"] | null;
  const ids = data.items.map(({ id }) => id);
  const chosen = stillPicked(data.items, picked);
  const current = data.items.find(({ id }) => id === selected);
  const onCurrent = (act: (memory: Memory) => void) => () => current !== undefined && act(current);
  useListKeys("Memory", { ids, selected, onSelect: select }, [
    { keys: "n", does: "New memory", run: () => setAdding(true) },
    { keys: "x", does: "Pick or unpick", run: onCurrent(({ id }) => setPicked(toggled(picked, id))) },
    { keys: "mod+a", does: "Pick all that are loaded", run: () => setPicked(new Set(ids)) },
    { keys: "delete", does: "Delete", run: onCurrent((memory) => void remove([memory])) },
  ]);

  return (
    <Page>
      <PageHeader title="Memory">
        <TransferMenu />
        <Button icon={<Plus size={14} aria-hidden />} onClick={() => setAdding(true)}>
          New memory
        </Button>
      </PageHeader>
      <ListDetail
        onBack={() => select(null)}
        list={
          <>
            <div className={styles.tools}>
              <SearchInput value={search} onChange={setSearch} label="Search memories" />
              <div className={styles.filters}>
                <Segmented
                  value={isPinned ? "pinned" : "all"}
                  options={which}
                  onChange={(value) => setPinned(value === "pinned")}
                  label="Which memories"
                />
                <TagSelect className={styles.tags} tags={tags} value={tag} onChange={setTag} />
              </div>
            </div>
            <div className={styles.list} aria-busy={isStale || undefined}>
              <LoadedList
                items={data.items}
                keyOf={(memory) => memory.id}
                render={(memory) => (
                  <MemoryRow
                    memory={memory}
                    isSelected={memory.id === selected}
                    isPicked={picked.has(memory.id)}
                    onSelect={() => select(memory.id)}
                    onPick={() => setPicked(toggled(picked, memory.id))}
                  />
                )}
                rowHeight={memoryRowHeight}
                hasControls
                selected={selected}
                label="Memories"
                onNearEnd={store.loadMore}
                status={status}
                error={error}
                failedTitle="The memories could not be loaded."
                onRetry={() => void store.reload()}
                empty={<NoMemories query={query} />}
              />
            </div>
            {chosen.length > 0 && <MemoryBar picked={chosen} onClear={() => setPicked(new Set())} />}
          </>
        }
        detail={selected === null ? null : <MemoryDetail key={selected} id={selected} />}
        placeholder={
          data.items.length > 0 && (
            <EmptyState icon={NotebookPen} title="Choose a memory">
              Runs are told of what is pinned, and of what has to do with their prompt.
            </EmptyState>
          )
        }
      />
      {isAdding && (
        <MemoryDialog memory={null} onClose={() => setAdding(false)} onSaved={({ id }) => select(id)} />
      )}
    </Page>
  );
}

function NoMemories({ query: { search, tag, isPinned } }: { readonly query: MemoryQuery }) {
  if (search !== "" || tag !== null || isPinned) {
    return (
      <EmptyState icon={NotebookPen} title="No memory matches">
        {search !== "" && (
          <>
            Looked for “<bdi>{search}</bdi>” in words and tags.
          </>
        )}
        {tag !== null && (
          <>
            {" "}
            Only those tagged “<bdi>{tag}</bdi>”.
          </>
        )}
        {isPinned && " Only pinned ones."}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={NotebookPen} title="Nothing is kept yet">
      Write down what every run should know, or allow an agent to keep something.
    </EmptyState>
  );
}
