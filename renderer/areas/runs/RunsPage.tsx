import { Plus, Workflow } from "lucide-react";
import { useDeferredValue, useMemo, useState } from "react";
import type { Run } from "../../../main/areas/runs/contract.ts";
import { useListKeys } from "../../page/list-keys.ts";
import { select, useSelected } from "../../page/navigation.ts";
import { useQueried } from "../../client/use-queried.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { LoadedList } from "../../ui/LoadedList.tsx";
import { ListDetail, Page, PageHeader } from "../../ui/Page.tsx";
import { SearchInput } from "../../ui/SearchInput.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { NewRunDialog } from "./NewRunDialog.tsx";
import { openNewRun } from "./new-run.ts";
import { RunDetail } from "./RunDetail.tsx";
import { RunRow, runRowHeight } from "./RunRow.tsx";
import { everyRun, runList, type RunFilter, type RunQuery } from "./run-list.ts";
import styles from "./RunsPage.module.css";

type Filter = RunFilter | "all";

const filters: readonly { readonly value: Filter; readonly label: string }[] = [
  { value: "all", label: "All" },
  { value: "active", label: "Active" },
  { value: "done", label: "Done" },
  { value: "failed", label: "Failed" },
  { value: "canceled", label: "Canceled" },
];

export function RunsPage() {
  const [filter, setFilter] = useState<Filter>("all");
  const [search, setSearch] = useState("");
  const words = useDeferredValue(search.trim());
  const query = useMemo<RunQuery>(
    () => ({ ...everyRun, search: words, filter: filter === "all" ? null : filter }),
    [words, filter],
  );
  const store = useMemo(() => runList(query), [query]);
  const { data, status, error, isStale } = useQueried(store);
  const selected = useSelected("runs") as Run["id"] | null;
  const ids = data.items.map((run) => run.id);
  useListKeys("Runs", { ids, selected, onSelect: select }, [
    { keys: "n", does: "New run", run: () => openNewRun() },
  ]);

  return (
    <Page>
      <PageHeader title="Runs">
        <Button icon={<Plus size={16} aria-hidden />} onClick={() => openNewRun()}>
          New run
        </Button>
      </PageHeader>
      <ListDetail
        onBack={() => select(null)}
        list={
          <>
            <div className={styles.tools}>
              <SearchInput value={search} onChange={setSearch} label="Search runs" />
              <Segmented value={filter} options={filters} onChange={setFilter} label="Which runs" />
            </div>
            <div className={styles.list} aria-busy={isStale || undefined}>
              <LoadedList
                items={data.items}
                keyOf={(run) => run.id}
                render={(run) => <RunRow run={run} isSelected={run.id === selected} onSelect={select} />}
                rowHeight={runRowHeight}
                selected={selected}
                label="Runs"
                onNearEnd={store.loadMore}
                status={status}
                error={error}
                failedTitle="The runs could not be loaded."
                onRetry={() => void store.reload()}
                empty={<NoRuns query={query} />}
              />
            </div>
          </>
        }
        detail={selected === null ? null : <RunDetail key={selected} id={selected} />}
        placeholder={
          data.items.length > 0 && (
            <EmptyState icon={Workflow} title="Choose a run">
              You see what was asked, what the model said, and every call it made.
            </EmptyState>
          )
        }
      />
      <NewRunDialog />
    </Page>
  );
}

function NoRuns({ query }: { readonly query: RunQuery }) {
  if (query.search !== "") {
    return (
      <EmptyState icon={Workflow} title="No run matches">
        Looked for “<bdi>{query.search}</bdi>” in prompts, sessions and clients.
      </EmptyState>
    );
  }
  switch (query.filter) {
    case "active":
      return (
        <EmptyState icon={Workflow} title="Nothing is running">
          Runs appear here while they work or wait for you.
        </EmptyState>
      );
    case "failed":
      return (
        <EmptyState icon={Workflow} title="No failed runs">
          Every run so far came to its end.
        </EmptyState>
      );
    case "done":
      return <EmptyState icon={Workflow} title="No run is done yet" />;
    case "canceled":
      return <EmptyState icon={Workflow} title="No canceled runs" />;
    case null:
      return (
        <EmptyState
          icon={Workflow}
          title="No runs yet"
          action={<Button onClick={() => openNewRun()}>Start the first one</Button>}
        >
          Runs that agents start over the API appear here by themselves.
        </EmptyState>
      );
  }
}
