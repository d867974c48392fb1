import { MessagesSquare } from "lucide-react";
import { useDeferredValue, useMemo, useState } from "react";
import type { Session } from "../../../main/areas/sessions/contract.ts";
import { useListKeys } from "../../page/list-keys.ts";
import { select, useSelected } from "../../page/navigation.ts";
import { useQueried } from "../../client/use-queried.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ListRow } from "../../ui/ListRow.tsx";
import { LoadedList } from "../../ui/LoadedList.tsx";
import { ListDetail, Page, PageHeader } from "../../ui/Page.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { SearchInput } from "../../ui/SearchInput.tsx";
import { NewRunDialog } from "../runs/NewRunDialog.tsx";
import { SessionDetail } from "./SessionDetail.tsx";
import { sessionList } from "./session-list.ts";
import styles from "./SessionsPage.module.css";

const rowHeight = 54;

export function SessionsPage() {
  const [search, setSearch] = useState("");
  const words = useDeferredValue(search.trim());
  const store = useMemo(() => sessionList(words), [words]);
  const { data, status, error } = useQueried(store);
  const selected = useSelected("sessions") as Session["id"] | null;
  const ids = data.items.map((session) => session.id);
  useListKeys("Sessions", { ids, selected, onSelect: select });

  return (
    <Page>
      <PageHeader title="Sessions" />
      <ListDetail
        onBack={() => select(null)}
        list={
          <>
            <div className={styles.tools}>
              <SearchInput value={search} onChange={setSearch} label="Search sessions" />
            </div>
            <div className={styles.list}>
              <LoadedList
                items={data.items}
                keyOf={(session) => session.id}
                render={(session) => <Row session={session} isSelected={session.id === selected} />}
                rowHeight={rowHeight}
                selected={selected}
                label="Sessions"
                onNearEnd={store.loadMore}
                status={status}
                error={error}
                failedTitle="The sessions could not be loaded."
                onRetry={() => void store.reload()}
                empty={<NoSessions search={words} />}
              />
            </div>
          </>
        }
        detail={selected === null ? null : <SessionDetail key={selected} id={selected} />}
        placeholder={
          data.items.length > 0 && (
            <EmptyState icon={MessagesSquare} title="Choose a session">
              A session is one conversation: its messages, and the runs they came from.
            </EmptyState>
          )
        }
      />
      <NewRunDialog />
    </Page>
  );
}

function Row({ session, isSelected }: { readonly session: Session; readonly isSelected: boolean }) {
  const runs = `${session.runCount} ${session.runCount === 1 ? "run" : "runs"}`;
  const messages = `${session.messageCount} ${session.messageCount === 1 ? "message" : "messages"}`;
  return (
    <ListRow
      isSelected={isSelected}
      onSelect={() => select(session.id)}
      title={session.title === "" ? session.id : session.title}
      aside={<RelativeTime at={session.updatedAt} />}
      detail={
        <>
          <bdi>{session.id}</bdi> · {messages} · {runs}
          {session.clientId !== "" && (
            <>
              {" · "}
              <bdi>{session.clientId}</bdi>
            </>
          )}
        </>
      }
    />
  );
}

function NoSessions({ search }: { readonly search: string }) {
  if (search !== "") {
    return (
      <EmptyState icon={MessagesSquare} title="No session matches">
        Looked for “<bdi>{search}</bdi>” in names and first prompts.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={MessagesSquare} title="No sessions yet">
      A session begins with its first run.
    </EmptyState>
  );
}
