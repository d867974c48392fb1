import { memo, useMemo } from "react";
import type { Diff } from "../../main/areas/inspection/contract.ts";
import { classNames } from "./class-names.ts";
import { CodeText } from "./CodeText.tsx";
import { diffRows, type DiffRow } from "./diff-rows.ts";
import styles from "./DiffView.module.css";
import { Prose } from "./Prose.tsx";
import { PathLink } from "./PathLink.tsx";
import { counted, longestRow } from "./text-rows.ts";
import { VirtualList } from "./VirtualList.tsx";

const signs = { added: "+", removed: "−", same: " ", remark: " " };
const words = { added: "added", removed: "removed", same: "unchanged", remark: "remark" };
const states = { created: "new file", changed: "changed", overwritten: "replaced whole" };
const mostDrawnRows = 80;
const lineHeight = 18;
const gapHeight = 26;

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
        {line.number}
      </span>
      <span className={styles.sign}>
        <span aria-hidden>{signs[line.kind]}</span>
        {(line.kind === "added" || line.kind === "removed") && (
          <span className="visually-hidden">{words[line.kind]}: </span>
        )}
      </span>
      <bdi dir="ltr" className={styles.text}>
        <Text row={row} />
      </bdi>
    </div>
  );
}

function Row({ row }: { readonly row: DiffRow }) {
  if (row.kind === "line") return <Line row={row} />;
  return <div className={styles.gap}>{counted(row.count, "unchanged line")}</div>;
}

/** How tall a row will be, before it is drawn, so that little jumps when it is. */
const guessHeight = (row: DiffRow) =>
  row.kind === "gap" ? gapHeight : lineHeight * Math.max(1, Math.ceil(row.line.text.length / 70));

interface Props {
  readonly diff: Diff;
  readonly maxHeight?: number;
}

/** A change to one file, or to a text without a path: every line is there, and none is folded away. */
export const DiffView = memo(function DiffView({ diff, maxHeight = 360 }: Props) {
  const rows = useMemo(() => diffRows(diff), [diff]);
  const isLong = rows.length > mostDrawnRows;
  const label = diff.path === "" ? "Changes" : `Changes to ${diff.path}`;
  return (
    <figure className={styles.diff}>
      <figcaption className={styles.caption}>
        {diff.path !== "" && <PathLink path={diff.path} isWhole />}
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
      {diff.note !== null && (
        <p className={styles.note}>
          <Prose text={diff.note} />
        </p>
      )}
      {rows.length > 0 && isLong && (
        <div style={{ height: maxHeight }} className={classNames(styles.long, "selectable")}>
          <VirtualList
            items={rows}
            keyOf={(row) => `${row.kind}-${row.key}`}
            render={(row) => <Row row={row} />}
            rowHeight={guessHeight}
            isMeasured
            label={label}
          />
        </div>
      )}
      {rows.length > 0 && !isLong && (
        <div
          className={classNames(styles.rows, "selectable")}
          style={{ maxHeight }}
          tabIndex={0}
          role="group"
          aria-label={label}
        >
          {rows.map((row) => (
            <Row key={`${row.kind}-${row.key}`} row={row} />
          ))}
        </div>
      )}
    </figure>
  );
});
