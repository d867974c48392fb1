import { DoorOpen, Unplug } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { windowDesktopCalls } from "../../client/desktop-window.ts";
import { useListKeys } from "../../page/list-keys.ts";
import { go, select, useNavigation, useSelected } from "../../page/navigation.ts";
import { useFollowed } from "../../client/use-followed.ts";
import { stillPicked, toggled } from "../../page/picked.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Kbd } from "../../ui/Kbd.tsx";
import { useNow } from "../../ui/now.ts";
import { ListDetail, Page, PageHeader } from "../../ui/Page.tsx";
import { SearchInput } from "../../ui/SearchInput.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { SkeletonRows } from "../../ui/Skeleton.tsx";
import { counted } from "../../ui/text-rows.ts";
import { DecisionDetail } from "../permissions/DecisionDetail.tsx";
import { useRecentDecisions } from "../permissions/recent-decisions.ts";
import { answerableTogether, ConfirmMany, useWaiting } from "../waiting.ts";
import { BulkBar } from "./BulkBar.tsx";
import { inboxRows, nextWaiting, type Grouping } from "./inbox-rows.ts";
import { InboxList, rowHeight } from "./InboxList.tsx";
import { WaitingDetail } from "./WaitingDetail.tsx";

const groupings = [
  { value: "none", label: "All" },
  { value: "client", label: "By client" },
  { value: "session", label: "By session" },
] as const;

interface Asking {
  readonly decision: "allow" | "deny";
  readonly items: ReturnType<typeof answerableTogether>;
}

export function InboxPage() {
  const pending = useWaiting();
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
  const ids = rows.filter(({ kind }) => kind !== "heading").map(({ key }) => key);
  const chosen = stillPicked(answerableTogether(waiting), picked);
  const item = waiting.find(({ id }) => id === selected) ?? settled.find(({ id }) => id === selected) ?? null;
  const record = recent.data.find(({ id }) => id === selected) ?? null;

  // Whoever comes to the inbox comes for what waits; moving away from it is up to the person.
  const first = waiting[0]?.id ?? null;
  const wasEmpty = useRef(true);
  useEffect(() => {
    const isFirst = wasEmpty.current && first !== null;
    wasEmpty.current = first === null;
    if (isFirst && useNavigation.getState().place.selected === null) select(first);
  }, [first]);

  // Who searches looks at what is found, from its beginning.
  const words = search.trim();
  const firstFound = useRef<string | null>(null);
  firstFound.current = ids[0] ?? null;
  useEffect(() => {
    if (words !== "") select(firstFound.current);
  }, [words]);

  // Whoever looks at all that waits needs no popup over it.
  const showsAll = search === "" && pending.status === "ready";
  useEffect(() => {
    void windowDesktopCalls.tellLooking({ atInbox: showsAll });
    return () => void windowDesktopCalls.tellLooking({ atInbox: false });
  }, [showsAll]);

  const ask = (decision: Asking["decision"]) => chosen.length > 0 && setAsking({ decision, items: chosen });
  const shownWaiting = rows.flatMap((row) => (row.kind === "waiting" ? [row.key] : []));
  useListKeys("Inbox", { ids, selected, onSelect: select }, [
    {
      keys: "x",
      does: "Pick or unpick",
      run: () => item !== null && waiting.includes(item) && setPicked(toggled(picked, item.id)),
    },
    { keys: "mod+a", does: "Pick all that wait", run: () => setPicked(new Set(shownWaiting)) },
  ]);

  const detail =
    item !== null ? (
      <WaitingDetail
        key={item.id}
        item={item}
        hasKeys={chosen.length === 0}
        onAnswered={() => select(nextWaiting(rows, item.id))}
      />
    ) : record !== null ? (
      <DecisionDetail key={record.id} record={record} />
    ) : null;

  const waitingNote = waiting.length > 0 ? `${waiting.length} waiting` : undefined;
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
      <PageHeader title="Inbox" note={words === "" ? waitingNote : counted(ids.length, "found", "found")}>
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
            ) : (
              <EmptyState icon={DoorOpen} title="Everything is answered">
                What was decided today stands in the list. Pick one to read it.
              </EmptyState>
            )
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
                    key={words}
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
          title={asking.decision === "allow" ? "Allow together" : "Deny together"}
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
