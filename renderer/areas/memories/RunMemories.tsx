import { useMemo } from "react";
import type { RunId } from "../../../main/contract/ids.ts";
import { useQueried } from "../../client/use-queried.ts";
import { go } from "../../page/navigation.ts";
import { TextButton } from "../../ui/TextButton.tsx";
import { counted } from "../../ui/text-rows.ts";
import styles from "./Memories.module.css";
import { titleOf } from "./MemoryRow.tsx";
import { givenTo } from "./one-memory.ts";
import { reasonWords } from "./source-words.ts";

/** What a run was told of what is kept, and why; nothing where that was nothing. */
export function RunMemories({ runId }: { readonly runId: RunId }) {
  const store = useMemo(() => givenTo(runId), [runId]);
  const { data: given } = useQueried(store);
  if (given.length === 0) return null;
  return (
    <details className={styles.given}>
      <summary>Told of {counted(given.length, "memory", "memories")} when it started</summary>
      <ul>
        {given.map(({ memoryId, memory, why }) => (
          <li key={memoryId}>
            {memory === null ? (
              <span>one that has been deleted since</span>
            ) : (
              <TextButton onClick={() => go("memories", memoryId)}>
                <bdi>{titleOf(memory)}</bdi>
              </TextButton>
            )}
            {" · "}because {reasonWords(why)}
          </li>
        ))}
      </ul>
    </details>
  );
}
