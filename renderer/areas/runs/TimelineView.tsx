import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown } from "lucide-react";
import { useCallback, useMemo, useRef, useState } from "react";
import type { Run } from "../../../main/areas/runs/contract.ts";
import { useShortcuts } from "../../page/shortcuts.ts";
import { Button } from "../../ui/Button.tsx";
import { EndLine, NoteLine, PromptView, TextPiece } from "./blocks/lines.tsx";
import { ToolLine } from "./blocks/ToolLine.tsx";
import { Progress } from "./blocks/Progress.tsx";
import { useFollowEnd } from "./follow-end.ts";
import { keepScrollKeys } from "./scroll-keys.ts";
import { toolState } from "./tool-state.ts";
import type { Timeline } from "./timeline/block.ts";
import { guessHeight, timelineRows, type TimelineRow } from "./timeline/rows.ts";
import styles from "./TimelineView.module.css";

interface Props {
  readonly timeline: Timeline;
  readonly run: Run | null;
}

/** The story of a run. Only what is in sight is drawn; a growing run is followed while the reader is at its end. */
export function TimelineView({ timeline, run }: Props) {
  const rows = useMemo(() => timelineRows(timeline.blocks), [timeline.blocks]);
  const [toggled, setToggled] = useState<ReadonlySet<number>>(new Set());
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  // Where a view begins is decided once: a run that goes on at its end, one that is over at its beginning.
  const [startsAtEnd] = useState(!timeline.isEnded);
  const { isAway, toEnd, hold } = useFollowEnd(scroller, content, startsAtEnd);
  const toggle = useCallback(
    (key: number) => {
      hold();
      setToggled((now) => {
        const next = new Set(now);
        if (!next.delete(key)) next.add(key);
        return next;
      });
    },
    [hold],
  );
  useShortcuts("Run", [{ keys: "shift+g", does: "Jump to the latest", run: toEnd }]);

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => {
      const row = rows[index];
      return row === undefined ? 0 : guessHeight(row);
    },
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 12,
    paddingStart: 20,
    initialRect: { width: 0, height: 900 },
  });

  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        className={styles.scroller}
        tabIndex={0}
        onKeyDown={keepScrollKeys}
        role="log"
        aria-live="off"
        aria-label="What happened"
      >
        <div ref={content} className={styles.content}>
          <div className={styles.rows} style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map(({ index, key, start }) => {
              const row = rows[index];
              if (row === undefined) return null;
              return (
                <div
                  key={key}
                  data-index={index}
                  ref={virtualizer.measureElement}
                  className={styles.row}
                  style={{ transform: `translateY(${start}px)`, paddingTop: row.gap }}
                >
                  <Row row={row} isToggled={toggled.has(keyOf(row))} onToggle={toggle} />
                </div>
              );
            })}
          </div>
          <Progress timeline={timeline} run={run} />
        </div>
      </div>
      {isAway && !timeline.isEnded && (
        <div className={styles.jump}>
          <Button size="small" icon={<ArrowDown size={14} aria-hidden />} onClick={toEnd}>
            Jump to latest
          </Button>
        </div>
      )}
    </div>
  );
}

const keyOf = (row: TimelineRow) => row.block.key;

interface RowProps {
  readonly row: TimelineRow;
  readonly isToggled: boolean;
  readonly onToggle: (key: number) => void;
}

function Row({ row, isToggled, onToggle }: RowProps) {
  if (row.kind === "text") {
    const { block, index, text } = row;
    return <TextPiece block={block} index={index} text={text} isOpen={isToggled} onToggle={onToggle} />;
  }
  const { block } = row;
  switch (block.kind) {
    case "prompt":
      return <PromptView block={block} isOpen={isToggled} onToggle={onToggle} />;
    case "tool":
      // A call that waits for an answer is open by itself.
      return (
        <ToolLine block={block} isOpen={isToggled !== (toolState(block) === "asking")} onToggle={onToggle} />
      );
    case "note":
      return <NoteLine block={block} isOpen={isToggled} onToggle={onToggle} />;
    case "end":
      return <EndLine block={block} />;
  }
}
