import { useCallback } from "react";
import type { Memory } from "../../../main/areas/memories/contract.ts";
import { go } from "../../page/navigation.ts";
import { Button } from "../../ui/Button.tsx";
import { ErrorNote } from "../../ui/ErrorNote.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { TextButton } from "../../ui/TextButton.tsx";
import styles from "./Memories.module.css";
import { readUses } from "./one-memory.ts";
import { reasonWords } from "./source-words.ts";
import { usePages } from "./use-pages.ts";

/** The runs that were told of it, and why. */
export function MemoryUses({ memory: { id } }: { readonly memory: Memory }) {
  const read = useCallback(
    async (after: number | null) => {
      const page = await readUses(id, after);
      return { items: page.uses, next: page.next };
    },
    [id],
  );
  const { items, error, more, again } = usePages(read);
  return (
    <section className={styles.section} aria-label="Runs that were told of it">
      <h2>Runs that were told of it</h2>
      {error !== null && <ErrorNote title="The runs could not be loaded." error={error} onRetry={again} />}
      {error === null && items.length === 0 && <p className={styles.note}>None so far.</p>}
      {items.map((use) => (
        <div key={use.runId} className={styles.line}>
          <span>
            <RelativeTime at={use.at} /> in <bdi>{use.sessionId}</bdi>, because {reasonWords(use.why)}
          </span>
          <TextButton onClick={() => go("runs", use.runId)}>Open the run</TextButton>
        </div>
      ))}
      {more !== null && <Button onClick={more}>Earlier ones</Button>}
    </section>
  );
}
