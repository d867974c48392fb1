import { Pin } from "lucide-react";
import type { Memory } from "../../../main/areas/memories/contract.ts";
import { preview } from "../../../main/contract/visible-text.ts";
import { CheckBox } from "../../ui/CheckBox.tsx";
import { ListRow } from "../../ui/ListRow.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import styles from "./Memories.module.css";
import { Source } from "./Source.tsx";

export const memoryRowHeight = 54;

/** The first line that says something. */
export const titleOf = ({ content }: Pick<Memory, "content">): string =>
  preview(content.slice(0, 1_000).trimStart().split("\n", 1)[0] ?? "", 160);

interface Props {
  readonly memory: Memory;
  readonly isSelected: boolean;
  readonly isPicked: boolean;
  readonly onSelect: () => void;
  readonly onPick: () => void;
}

export function MemoryRow({ memory, isSelected, isPicked, onSelect, onPick }: Props) {
  return (
    <ListRow
      isSelected={isSelected}
      onSelect={onSelect}
      icon={<CheckBox isChecked={isPicked} onChange={onPick} label={`Pick “${titleOf(memory)}”`} />}
      title={titleOf(memory)}
      aside={<RelativeTime at={memory.createdAt} />}
      detail={
        <>
          {memory.pinned && <Pin size={12} className={styles.pin} aria-label="Pinned" />}
          {memory.tags.map((tag) => (
            <bdi key={tag} className={styles.tag}>
              {tag}
            </bdi>
          ))}
          by <Source source={memory.source} />
        </>
      }
    />
  );
}
