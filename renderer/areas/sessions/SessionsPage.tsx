import { Archive, FileInput, MessagesSquare } from "lucide-react";
import { useDeferredValue, useMemo, useState } from "react";
import type { ImportState, Session } from "../../../main/areas/sessions/contract.ts";
import { useListKeys } from "../../page/list-keys.ts";
import { select, useSelected } from "../../page/navigation.ts";
import { stillPicked, toggled } from "../../page/picked.ts";
import { useFollowed } from "../../client/use-followed.ts";
import { useQueried } from "../../client/use-queried.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { TagSelect } from "../../ui/TagSelect.tsx";
import { LoadedList } from "../../ui/LoadedList.tsx";
import { ListDetail, Page, PageHeader } from "../../ui/Page.tsx";
import { SearchInput } from "../../ui/SearchInput.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { ImportDialog } from "./ImportDialog.tsx";
import { archive, readFile, remove } from "./session-acts.ts";
import { SessionBar } from "./SessionBar.tsx";
import { SessionDetail } from "./SessionDetail.tsx";
import { sessionList, type SessionQuery, type SessionState } from "./session-list.ts";
import { SessionRow, sessionRowHeight } from "./SessionRow.tsx";
import styles from "./SessionsPage.module.css";
import { useTags } from "./tags.ts";

const states: readonly { readonly value: SessionState; readonly label: string }[] = [
  { value: "listed", label: "Current" },
  { value: "archived", label: "Archived" },
];

export function SessionsPage() {
  const [search, setSearch] = useState("");
  const [tag, setTag] = useState<string | null>(null);
  const [state, setState] = useState<SessionState>("listed");
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [file, setFile] = useState<ImportState | null>(null);
  const words = useDeferredValue(search.trim());
  const query = useMemo<SessionQuery>(() => ({ search: words, tag, state }), [words, tag, state]);
  const store = useMemo(() => sessionList(query), [query]);
  const { data, status, error, isStale } = useQueried(store);
  const { data: tags } = useFollowed(useTags);
  const selected = useSelected("sessions") as Session["id"] | null;
  const ids = data.items.map((session) => session.id);
  const chosen = stillPicked(data.items, picked);
  const current = data.items.find(({ id }) => id === selected);
  const isArchive = state === "archived";
  const onCurrent = (act: (session: Session) => void) => () => current !== undefined && act(current);
  useListKeys("Sessions", { ids, selected, onSelect: select }, [
    { keys: "x", does: "Pick or unpick", run: onCurrent(({ id }) => setPicked(toggled(picked, id))) },
    { keys: "mod+a", does: "Pick all that are loaded", run: () => setPicked(new Set(ids)) },
    {
      keys: "a",
      does: isArchive ? "Take back into the list" : "Archive",
      run: onCurrent((session) => void archive([session], !isArchive)),
    },
    { keys: "delete", does: "Delete", run: onCurrent((session) => void remove([session])) },
  ]);

  return (
    <Page>
      <PageHeader title="Sessions">
        <Button icon={<FileInput size={16} aria-hidden />} onClick={() => void readFile(setFile)}>
          Import…
        </Button>
      </PageHeader>
      <ListDetail
        onBack={() => select(null)}
        list={
          <>
            <div className={styles.tools}>
              <SearchInput value={search} onChange={setSearch} label="Search sessions" />
              <div className={styles.filters}>
                <Segmented value={state} options={states} onChange={setState} label="Which sessions" />
                <TagSelect className={styles.tags} tags={tags} value={tag} onChange={setTag} />
              </div>
            </div>
            <div className={styles.list} aria-busy={isStale || undefined}>
              <LoadedList
                items={data.items}
                keyOf={(session) => session.id}
                render={(session) => (
                  <SessionRow
                    session={session}
                    isSelected={session.id === selected}
                    isPicked={picked.has(session.id)}
                    onSelect={() => select(session.id)}
                    onPick={() => setPicked(toggled(picked, session.id))}
                  />
                )}
                rowHeight={sessionRowHeight}
                hasControls
                selected={selected}
                label="Sessions"
                onNearEnd={store.loadMore}
                status={status}
                error={error}
                failedTitle="The sessions could not be loaded."
                onRetry={() => void store.reload()}
                empty={<NoSessions query={query} />}
              />
            </div>
            {chosen.length > 0 && (
              <SessionBar picked={chosen} isArchive={isArchive} onClear={() => setPicked(new Set())} />
            )}
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
      {file !== null && <ImportDialog state={file} onClose={() => setFile(null)} />}
    </Page>
  );
}

function NoSessions({ query: { search, tag, state } }: { readonly query: SessionQuery }) {
  if (search !== "" || tag !== null) {
    return (
      <EmptyState icon={MessagesSquare} title="No session matches">
        {search !== "" && (
          <>
            Looked for “<bdi>{search}</bdi>” in names, tags and first prompts.
          </>
        )}
        {tag !== null && (
          <>
            {" "}
            Only those tagged “<bdi>{tag}</bdi>”.
          </>
        )}
      </EmptyState>
    );
  }
  if (state === "archived") {
    return (
      <EmptyState icon={Archive} title="Nothing is archived">
        What you archive leaves the list and stays here, with all of its messages.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={MessagesSquare} title="No sessions yet">
      A session begins with its first run.
    </EmptyState>
  );
}
