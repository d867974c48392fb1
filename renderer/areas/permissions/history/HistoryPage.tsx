import { History, X } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { Outcome } from "../../../../main/areas/permissions/contract.ts";
import { useListKeys } from "../../../app/list-keys.ts";
import { select, useSelected } from "../../../app/navigation.ts";
import { classNames } from "../../../ui/class-names.ts";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { ErrorNote } from "../../../ui/ErrorNote.tsx";
import { IconButton } from "../../../ui/IconButton.tsx";
import { Page, PageHeader } from "../../../ui/Page.tsx";
import { SearchInput } from "../../../ui/SearchInput.tsx";
import { Segmented } from "../../../ui/Segmented.tsx";
import { SkeletonRows } from "../../../ui/Skeleton.tsx";
import { VirtualList } from "../../../ui/VirtualList.tsx";
import { DecisionDetail } from "../DecisionDetail.tsx";
import { useLedger } from "../ledger.ts";
import { outcomeWord } from "../outcome-words.ts";
import { HistoryRow } from "./HistoryRow.tsx";
import styles from "./History.module.css";

type Filter = Outcome | "all";

const filters = [
  { value: "all", label: "All" },
  ...Outcome.options.map((value) => ({ value, label: outcomeWord(value) })),
] as const satisfies readonly { value: Filter; label: string }[];
const rowHeight = 36;

/** The ledger: every outcome, also the silent ones. */
export function HistoryPage() {
  const selected = useSelected("history");
  const [search, setSearch] = useState("");
  const [filter, setFilter] = useState<Filter>("all");
  const ledger = useLedger({ search: useDeferredValue(search), outcome: filter === "all" ? null : filter });
  const { records, status, error } = ledger;
  const record = records.find(({ id }) => id === selected) ?? null;
  useListKeys("History", { ids: records.map(({ id }) => id), selected, onSelect: select });

  const list = () => {
    if (status === "loading") return <SkeletonRows height={rowHeight} rows={12} />;
    if (status === "failed") {
      return (
        <div className={styles.trouble}>
          <ErrorNote title="The history could not be loaded." error={error} onRetry={ledger.reload} />
        </div>
      );
    }
    if (records.length === 0) {
      return search === "" && filter === "all" ? (
        <EmptyState icon={History} title="Nothing was decided yet">
          Every outcome is written down here: what, for whom, when and by what. Also those nobody was asked
          about.
        </EmptyState>
      ) : (
        <EmptyState icon={History} title="Nothing found">
          No decision matches this search and filter.
        </EmptyState>
      );
    }
    return (
      <VirtualList
        items={records}
        keyOf={({ id }) => id}
        render={(item, index) => (
          <HistoryRow
            record={item}
            before={records[index - 1] ?? null}
            isSelected={item.id === selected}
            onSelect={() => select(item.id)}
          />
        )}
        rowHeight={rowHeight}
        selected={selected}
        label="Decisions, newest first"
        onNearEnd={ledger.loadMore}
        className={styles.list}
      />
    );
  };

  return (
    <Page>
      <PageHeader title="History">
        <Segmented label="Outcome" value={filter} options={filters} onChange={setFilter} />
        <SearchInput label="Search history" value={search} onChange={setSearch} />
      </PageHeader>
      <div className={classNames(styles.body, record !== null && styles.isOpen)}>
        <div className={styles.ledger}>{list()}</div>
        {record !== null && (
          <aside className={styles.side} aria-label="Decision">
            <div className={styles.close}>
              <IconButton icon={X} label="Close" keys="escape" onClick={() => select(null)} />
            </div>
            <DecisionDetail key={record.id} record={record} />
          </aside>
        )}
      </div>
    </Page>
  );
}
