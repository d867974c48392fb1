import { DoorOpen, Unplug } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { useListKeys } from "../../../app/list-keys.ts";
import { go, select, useNavigation, useSelected } from "../../../app/navigation.ts";
import { useFollowed } from "../../../client/use-followed.ts";
import { Button } from "../../../ui/Button.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { Kbd } from "../../../ui/Kbd.tsx";
import { useNow } from "../../../ui/now.ts";
import { ListDetail, Page, PageHeader } from "../../../ui/Page.tsx";
import { SearchInput } from "../../../ui/SearchInput.tsx";
import { Segmented } from "../../../ui/Segmented.tsx";
import { SkeletonRows } from "../../../ui/Skeleton.tsx";
import { counted } from "../../../ui/text-rows.ts";
import type { Answer } from "../answer.ts";
import { ConfirmMany } from "../ConfirmMany.tsx";
import { DecisionDetail } from "../DecisionDetail.tsx";
import { stillSelected, toggled } from "../many.ts";
import { usePending } from "../pending-store.ts";
import { useRecentDecisions } from "../today-store.ts";
import type { PermissionSummary } from "../../../../main/areas/permissions/contract.ts";
import { BulkBar } from "./BulkBar.tsx";
import { inboxRows, nextWaiting, type Grouping } from "./inbox-rows.ts";
import { InboxList, rowHeight } from "./InboxList.tsx";
import { RequestDetail } from "./RequestDetail.tsx";

const groupings = [
  { value: "none", label: "All" },
  { value: "client", label: "By client" },
  { value: "session", label: "By session" },
] as const;

interface Asking {
  readonly decision: Answer["decision"];
  readonly requests: readonly PermissionSummary[];
}

export function InboxPage() {
  const pending = useFollowed(usePending);
  const recent = useFollowed(useRecentDecisions);
  const selected = useSelected("inbox");
  const now = useNow();
  const [search, setSearch] = useState("");
  const [grouping, setGrouping] = useState<Grouping>("none");
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<Asking | null>(null);

  const { waiting, settled } = pending.data;
  const rows = useMemo(
    () => inboxRows({ waiting, decided: recent.data, grouping, search, now }),
    [waiting, recent.data, grouping, search, now],
  );
  const chosen = stillSelected(waiting, picked);
  const request =
    waiting.find(({ id }) => id === selected) ?? settled.find(({ id }) => id === selected) ?? null;
  const record = recent.data.find(({ id }) => id === selected) ?? null;

  // Whoever comes to the inbox comes for what waits; moving away from it is up to the person.
  const first = waiting[0]?.id ?? null;
  const wasEmpty = useRef(true);
  useEffect(() => {
    const isFirst = wasEmpty.current && first !== null;
    wasEmpty.current = first === null;
    if (isFirst && useNavigation.getState().place.selected === null) select(first);
  }, [first]);

  const ids = rows.filter(({ kind }) => kind !== "heading").map(({ key }) => key);
  const ask = (decision: Answer["decision"]) =>
    chosen.length > 0 && setAsking({ decision, requests: chosen });
  const shownWaiting = rows.flatMap((row) => (row.kind === "waiting" ? [row.key] : []));
  useListKeys("Inbox", { ids, selected, onSelect: select }, [
    {
      keys: "x",
      does: "Pick or unpick",
      run: () => request?.status === "pending" && setPicked(toggled(picked, request.id)),
    },
    { keys: "mod+a", does: "Pick all that wait", run: () => setPicked(new Set(shownWaiting)) },
  ]);

  const detail =
    request !== null ? (
      <RequestDetail
        key={request.id}
        summary={request}
        hasKeys={chosen.length === 0}
        onAnswered={() => select(nextWaiting(rows, request.id))}
      />
    ) : record !== null ? (
      <DecisionDetail key={record.id} record={record} />
    ) : null;

  const isEmpty = rows.length === 0 && search === "" && pending.status !== "loading";
  const empty =
    pending.status === "failed" ? (
      <EmptyState icon={Unplug} title="The requests are not known">
        As soon as Gatehouse answers they appear here.
      </EmptyState>
    ) : (
      <EmptyState
        icon={DoorOpen}
        title="Nothing waits at the gate"
        action={<Button onClick={() => go("welcome")}>Connect an agent</Button>}
      >
        When an agent wants to run a command or change a file, it asks here and in the tray.
      </EmptyState>
    );

  return (
    <Page>
      <PageHeader title="Inbox" note={waiting.length > 0 ? `${waiting.length} waiting` : undefined}>
        {waiting.length > 1 && (
          <Segmented label="Group" value={grouping} options={groupings} onChange={setGrouping} />
        )}
        <SearchInput label="Search inbox" value={search} onChange={setSearch} />
      </PageHeader>
      {isEmpty ? (
        empty
      ) : (
        <ListDetail
          onBack={() => select(null)}
          detail={detail}
          placeholder={
            waiting.length > 0 ? (
              <EmptyState icon={DoorOpen} title={counted(waiting.length, "request waits", "requests wait")}>
                Pick one to read all of it. <Kbd>J</Kbd> and <Kbd>K</Kbd> move, <Kbd>A</Kbd> allows,{" "}
                <Kbd>D</Kbd> denies.
              </EmptyState>
            ) : null
          }
          list={
            pending.status === "loading" ? (
              <SkeletonRows height={rowHeight} />
            ) : (
              <>
                {rows.length === 0 ? (
                  <EmptyState icon={DoorOpen} title="Nothing found">
                    Older decisions are in History.
                  </EmptyState>
                ) : (
                  <InboxList
                    rows={rows}
                    selected={selected}
                    picked={picked}
                    onSelect={select}
                    onPick={(id) => setPicked(toggled(picked, id))}
                    onPickMany={(many, isOn) => {
                      const next = new Set(picked);
                      for (const id of many) {
                        if (isOn) next.add(id);
                        else next.delete(id);
                      }
                      setPicked(next);
                    }}
                  />
                )}
                {chosen.length > 0 && (
                  <BulkBar count={chosen.length} onAsk={ask} onClear={() => setPicked(new Set())} />
                )}
              </>
            )
          }
        />
      )}
      {asking !== null && (
        <Dialog
          title={`${asking.decision === "allow" ? "Allow" : "Deny"} ${counted(asking.requests.length, "request")}`}
          size="wide"
          onClose={() => setAsking(null)}
        >
          <ConfirmMany
            {...asking}
            onCancel={() => setAsking(null)}
            onDone={() => {
              setAsking(null);
              setPicked(new Set());
            }}
          />
        </Dialog>
      )}
    </Page>
  );
}
