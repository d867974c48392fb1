import { ShieldCheck } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import type { Grant } from "../../../../main/areas/permissions/contract.ts";
import { useListKeys } from "../../../page/list-keys.ts";
import { select, useSelected } from "../../../page/navigation.ts";
import { asCallError } from "../../../client/errors.ts";
import { useFollowed } from "../../../client/use-followed.ts";
import { Button } from "../../../ui/Button.tsx";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { LoadedList } from "../../../ui/LoadedList.tsx";
import { useNow } from "../../../ui/now.ts";
import { Page, PageHeader } from "../../../ui/Page.tsx";
import { SearchInput } from "../../../ui/SearchInput.tsx";
import { TextButton } from "../../../ui/TextButton.tsx";
import { counted } from "../../../ui/text-rows.ts";
import { toast } from "../../../ui/toasts.ts";
import { clientName } from "../outcome-words.ts";
import { windowCalls } from "../window-calls.ts";
import { granted, revoked, useGrants } from "./grants-store.ts";
import { grantRows } from "./grant-rows.ts";
import { GrantRow } from "./GrantRow.tsx";
import { RevokeManyDialog } from "./RevokeManyDialog.tsx";
import styles from "./Grants.module.css";

const fail = (caught: unknown) => toast(asCallError(caught).message, { tone: "deny" });

async function restore({ id }: Grant): Promise<void> {
  const grant = await windowCalls.restoreGrant({ id });
  useGrants.update((grants) => granted(grants, grant));
}

async function revoke(grant: Grant): Promise<void> {
  await windowCalls.revokeGrant({ id: grant.id });
  useGrants.update((grants) => revoked(grants, grant));
  toast(`No longer: ${grant.sentence.replaceAll("`", "")}`, { undo: () => void restore(grant).catch(fail) });
}

const rowHeight = 66;

interface Many {
  readonly grants: readonly Grant[];
  readonly whose: string;
}

/** Everything that is remembered, one sentence each. */
export function GrantsPage() {
  const { data, status, error } = useFollowed(useGrants);
  const selected = useSelected("grants");
  const now = useNow();
  const [search, setSearch] = useState("");
  // A grant's use is no event: what is shown is what was true when the page was opened.
  useEffect(() => void useGrants.reload(), []);

  const [revoking, setRevoking] = useState<Many | null>(null);
  const rows = useMemo(() => grantRows(data, search, now), [data, now, search]);
  const grants = useMemo(() => rows.flatMap((row) => (row.kind === "grant" ? [row.grant] : [])), [rows]);

  const remove = (grant: Grant | undefined) => {
    if (grant !== undefined) void revoke(grant).catch(fail);
  };
  useListKeys("Grants", { ids: grants.map(({ id }) => id), selected, onSelect: select }, [
    { keys: "d", does: "Revoke", run: () => remove(grants.find(({ id }) => id === selected)) },
  ]);

  const empty =
    search === "" ? (
      <EmptyState icon={ShieldCheck} title="Nothing is remembered">
        Every request asks. Choose “Allow…” on a request to remember an answer; it then stands here, to be
        taken back at any time.
      </EmptyState>
    ) : (
      <EmptyState icon={ShieldCheck} title="No grant says that" />
    );

  return (
    <Page>
      <PageHeader title="Grants" note={data.length > 0 ? "What agents may do without asking" : undefined}>
        <SearchInput label="Search grants" value={search} onChange={setSearch} />
        {grants.length > 1 && (
          <Button look="deny" onClick={() => setRevoking({ grants, whose: "every agent" })}>
            Revoke all…
          </Button>
        )}
      </PageHeader>
      <div className={styles.body}>
        <LoadedList
          items={rows}
          keyOf={({ key }) => key}
          render={(row) =>
            row.kind === "heading" ? (
              <div className={styles.heading}>
                <h2>{clientName(row.clientId)}</h2>
                <span>{counted(row.grants.length, "grant")}</span>
                {row.grants.length > 1 && (
                  <TextButton
                    onClick={() => setRevoking({ grants: row.grants, whose: clientName(row.clientId) })}
                  >
                    Revoke all of them…
                  </TextButton>
                )}
              </div>
            ) : (
              <GrantRow
                grant={row.grant}
                isSelected={row.key === selected}
                onSelect={() => select(row.key)}
                onRevoke={() => remove(row.grant)}
              />
            )
          }
          isHeading={({ kind }) => kind === "heading"}
          rowHeight={rowHeight}
          isMeasured
          hasControls
          selected={selected}
          label="Grants"
          className={styles.list}
          status={status}
          error={error}
          failedTitle="The grants could not be loaded."
          onRetry={() => void useGrants.reload()}
          isWide
          empty={empty}
        />
      </div>
      {revoking !== null && <RevokeManyDialog {...revoking} onClose={() => setRevoking(null)} />}
    </Page>
  );
}
