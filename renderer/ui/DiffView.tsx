import { UnfoldVertical } from "lucide-react";
import { memo, useMemo, useState } from "react";
import type { Diff } from "../../main/areas/inspection/contract.ts";
import { classNames } from "./class-names.ts";
import { CodeText } from "./CodeText.tsx";
import { diffRows, type DiffRow } from "./diff-rows.ts";
import styles from "./DiffView.module.css";
import { PathLink } from "./PathLink.tsx";
import { counted, longestRow } from "./text-rows.ts";
import { VirtualList } from "./VirtualList.tsx";

const signs = { added: "+", removed: "−", same: " " };
const words = { added: "added", removed: "removed", same: "unchanged" };
const states = { created: "new file", changed: "changed", overwritten: "replaced whole" };
const mostDrawnRows = 80;

function Text({ row }: { readonly row: Extract<DiffRow, { kind: "line" }> }) {
  const { text } = row.line;
  const { changed } = row;
  if (changed === null || changed.from >= changed.to) {
    if (text.length <= longestRow) return text === "" ? "\u200b" : <CodeText text={text} />;
    const pieces = Array.from({ length: Math.ceil(text.length / longestRow) }, (_, at) =>
      text.slice(at * longestRow, (at + 1) * longestRow),
    );
    return pieces.map((piece, at) => (
      <span key={at} className={styles.piece}>
        <CodeText text={piece} />
      </span>
    ));
  }
  return (
    <>
      <CodeText text={text.slice(0, changed.from)} />
      <mark className={styles.mark}>
        <CodeText text={text.slice(changed.from, changed.to)} />
      </mark>
      <CodeText text={text.slice(changed.to)} />
    </>
  );
}

function Line({ row }: { readonly row: Extract<DiffRow, { kind: "line" }> }) {
  const { line } = row;
  return (
    <div className={classNames(styles.line, styles[line.kind])}>
      <span className={styles.number} aria-hidden>
        {line.after ?? line.before}
      </span>
      <span className={styles.sign}>
        <span aria-hidden>{signs[line.kind]}</span>
        {line.kind !== "same" && <span className="visually-hidden">{words[line.kind]}: </span>}
      </span>
      <bdi dir="ltr" className={styles.text}>
        <Text row={row} />
      </bdi>
    </div>
  );
}

function Row({ row, onOpen }: { readonly row: DiffRow; readonly onOpen: (key: string) => void }) {
  if (row.kind === "line") return <Line row={row} />;
  if (row.kind === "gap") return <div className={styles.gap}>{counted(row.count, "unchanged line")}</div>;
  return (
    <button type="button" className={styles.fold} onClick={() => onOpen(row.key)}>
      <UnfoldVertical size={14} aria-hidden />
      Show {counted(row.count, `more ${words[row.of]} line`)}
    </button>
  );
}

interface Props {
  readonly diff: Diff;
  readonly maxHeight?: number;
}

/** A change to one file. Every line is there: shown, or behind a fold that says how many it holds. */
export const DiffView = memo(function DiffView({ diff, maxHeight = 360 }: Props) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => diffRows(diff, opened), [diff, opened]);
  const open = (key: string) => setOpened(new Set([...opened, key]));
  const isLong = rows.length > mostDrawnRows;
  return (
    <figure className={styles.diff}>
      <figcaption className={styles.caption}>
        <PathLink path={diff.path} />
        <span className={styles.state}>{states[diff.status]}</span>
        <span className={styles.counts}>
          {diff.added > 0 && (
            <span className={styles.plus} aria-label={counted(diff.added, "line added", "lines added")}>
              +{diff.added}
            </span>
          )}
          {diff.removed > 0 && (
            <span
              className={styles.minus}
              aria-label={counted(diff.removed, "line removed", "lines removed")}
            >
              −{diff.removed}
            </span>
          )}
        </span>
      </figcaption>
      {diff.note !== null && <p className={styles.note}>{diff.note}</p>}
      {rows.length > 0 && isLong && (
        <div style={{ height: maxHeight }} className={classNames(styles.long, "selectable")}>
          <VirtualList
            items={rows}
            keyOf={(row) => `${row.kind}-${row.key}`}
            render={(row) => <Row row={row} onOpen={open} />}
            rowHeight={18}
            isMeasured
            label={`Changes to ${diff.path}`}
          />
        </div>
      )}
      {rows.length > 0 && !isLong && (
        <div
          className={classNames(styles.rows, "selectable")}
          style={{ maxHeight }}
          tabIndex={0}
          role="group"
          aria-label={`Changes to ${diff.path}`}
        >
          {rows.map((row) => (
            <Row key={`${row.kind}-${row.key}`} row={row} onOpen={open} />
          ))}
        </div>
      )}
    </figure>
  );
});
