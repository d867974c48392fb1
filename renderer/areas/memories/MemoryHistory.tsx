import { useCallback, useState } from "react";
import type { Memory, MemoryRevision } from "../../../main/areas/memories/contract.ts";
import { asCallError, hasCode } from "../../client/errors.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { DiffView } from "../../ui/DiffView.tsx";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { toast } from "../../ui/toasts.ts";
import { calls } from "./calls.ts";
import styles from "./Memories.module.css";
import { readRevisions } from "./one-memory.ts";
import { Source } from "./Source.tsx";
import { usePages } from "./use-pages.ts";

/** What it was, newest first, with what each revision changed; each can be brought back. */
export function MemoryHistory({ memory }: { readonly memory: Memory }) {
  const { id, revision } = memory;
  const read = useCallback(
    async (before: number | null) => {
      const page = await readRevisions(id, before ?? revision + 1);
      return { items: page.revisions, next: page.next };
    },
    [id, revision],
  );
  const { items, error, more, again } = usePages(read);
  const [asked, setAsked] = useState<number | null>(null);

  const restore = async (number: number, isSecretMeant: boolean) => {
    setAsked(null);
    try {
      await calls.restoreRevision({ id, revision: number, isSecretMeant });
    } catch (caught) {
      if (hasCode(caught, "memories.looks_secret")) setAsked(number);
      else toast(`Not brought back. ${asCallError(caught).message}`, { tone: "deny" });
    }
  };

  return (
    <section className={styles.section} aria-label="History">
      <h2>History</h2>
      {error !== null && <ErrorNote title="The history could not be loaded." error={error} onRetry={again} />}
      {items.map((each) => (
        <Revision
          key={each.number}
          revision={each}
          isCurrent={each.number === revision}
          onRestore={() => void restore(each.number, false)}
        />
      ))}
      {more !== null && <Button onClick={more}>Earlier ones</Button>}
      {asked !== null && (
        <Dialog
          title="Bring back what looks like a secret?"
          size="small"
          onClose={() => setAsked(null)}
          footer={
            <>
              <Button onClick={() => setAsked(null)}>Cancel</Button>
              <Button look="danger" onClick={() => void restore(asked, true)}>
                Bring it back
              </Button>
            </>
          }
        >
          <p>What is kept here is told to models and lies on this disk as plain text.</p>
        </Dialog>
      )}
    </section>
  );
}

function Revision(props: {
  readonly revision: MemoryRevision;
  readonly isCurrent: boolean;
  readonly onRestore: () => void;
}) {
  const { revision, isCurrent, onRestore } = props;
  return (
    <div className={styles.revision}>
      <div className={styles.line}>
        <span>
          {revision.diff === null ? "Kept" : "Changed"} <RelativeTime at={revision.at} /> by{" "}
          <Source source={revision.by} />
        </span>
        {isCurrent ? (
          <span>as it is now</span>
        ) : (
          <Button size="small" onClick={onRestore} aria-label={`Bring back revision ${revision.number}`}>
            Bring back
          </Button>
        )}
      </div>
      {revision.diff !== null && <DiffView diff={revision.diff} maxHeight={220} />}
    </div>
  );
}
