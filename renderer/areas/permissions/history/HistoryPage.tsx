import { History, X } from "lucide-react";
import { useDeferredValue, useMemo, useState } from "react";
import type { LedgerOutcome } from "../../../../main/areas/permissions/contract.ts";
import { useListKeys } from "../../../page/list-keys.ts";
import { select, useSelected } from "../../../page/navigation.ts";
import { useQueried } from "../../../client/use-queried.ts";
import { classNames } from "../../../ui/class-names.ts";
import { DayInput } from "../../../ui/DayInput.tsx";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { IconButton } from "../../../ui/IconButton.tsx";
import { LoadedList } from "../../../ui/LoadedList.tsx";
import { Page, PageHeader } from "../../../ui/Page.tsx";
import { SearchInput } from "../../../ui/SearchInput.tsx";
import { Segmented } from "../../../ui/Segmented.tsx";
import { daySpan } from "../../../ui/time.ts";
import { DecisionDetail } from "../DecisionDetail.tsx";
import { ledger } from "../ledger.ts";
import { everyOutcome, outcomeWord } from "../outcome-words.ts";
import { HistoryRow } from "./HistoryRow.tsx";
import styles from "./History.module.css";

type Filter = LedgerOutcome | "all";

const filters = [
  { value: "all" as const, label: "All" },
  ...everyOutcome.map((value) => ({ value, label: outcomeWord(value) })),
] satisfies readonly { value: Filter; label: string }[];
const rowHeight = 36;

/** The ledger: every outcome, also the silent ones. */
export function HistoryPage() {
  const selected = useSelected("history");
  const [search, setSearch] = useState("");
  const [filter, setFilter] = useState<Filter>("all");
  const [day, setDay] = useState("");
  const words = useDeferredValue(search.trim());
  const store = useMemo(
    () => ledger({ search: words, outcome: filter === "all" ? null : filter, day: daySpan(day) }),
    [words, filter, day],
  );
  const { data, status, error } = useQueried(store);
  const record = data.items.find(({ id }) => id === selected) ?? null;
  useListKeys("History", { ids: data.items.map(({ id }) => id), selected, onSelect: select });

  const empty =
    words === "" && filter === "all" && day === "" ? (
      <EmptyState icon={History} title="Nothing was decided yet">
        Every outcome is written down here: what, for whom, when and by what. Also those nobody was asked
        about.
      </EmptyState>
    ) : (
      <EmptyState icon={History} title="Nothing found">
        No decision matches this search, outcome and day.
      </EmptyState>
    );

  return (
    <Page>
      <PageHeader title="History">
        <Segmented label="Outcome" value={filter} options={filters} onChange={setFilter} />
        <DayInput label="Decided on this day" value={day} onChange={setDay} />
        <SearchInput label="Search history" value={search} onChange={setSearch} />
      </PageHeader>
      <div className={classNames(styles.body, record !== null && styles.isOpen)}>
        <div className={styles.ledger}>
          <LoadedList
            items={data.items}
            keyOf={({ id }) => id}
            render={(item, index) => (
              <HistoryRow
                record={item}
                before={data.items[index - 1] ?? null}
                isSelected={item.id === selected}
                onSelect={() => select(item.id)}
              />
            )}
            rowHeight={rowHeight}
            selected={selected}
            label="Decisions, newest first"
            onNearEnd={store.loadMore}
            className={styles.list}
            status={status}
            error={error}
            failedTitle="The history could not be loaded."
            onRetry={() => void store.reload()}
            skeletonRows={12}
            isWide
            empty={empty}
          />
        </div>
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
