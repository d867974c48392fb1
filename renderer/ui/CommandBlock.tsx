import { memo, useMemo } from "react";
import { classNames } from "./class-names.ts";
import { CodeText } from "./CodeText.tsx";
import styles from "./CommandBlock.module.css";
import { CopyButton } from "./Copy.tsx";
import { counted, textRows, type TextRow } from "./text-rows.ts";
import { VirtualList } from "./VirtualList.tsx";

interface Props {
  readonly text: string;
  readonly label?: string;
  /** What is copied, if that is more than what is drawn here. */
  readonly copied?: string;
  /** Numbers the lines also where there is only one. */
  readonly hasNumbers?: boolean;
  /** Height at which it begins to scroll. */
  readonly maxHeight?: number;
}

const mostDrawnRows = 120;
const mostDrawnLength = 16_000;
const lineHeight = 18;

/** How tall the rows will be, before they are drawn, so that little jumps when they are. */
const guessHeight = ({ text }: TextRow) => lineHeight * Math.max(1, Math.ceil(text.length / 60));

interface RowProps {
  readonly row: TextRow;
  readonly hasNumbers: boolean;
  readonly isLast: boolean;
}

/** What a line may be broken in: at the hyphens of an option, at the slashes of a path. */
const breakable = /[-/?|]/;

/** Lines break between words. One that was broken within would read as two: `--yes` as `--` and `yes`. */
function Words({ text }: { readonly text: string }) {
  if (!breakable.test(text)) return <CodeText text={text} />;
  return text.split(/(\S+)/).map((part, index) =>
    breakable.test(part) ? (
      <span key={index} className={styles.word}>
        <CodeText text={part} />
      </span>
    ) : (
      <CodeText key={index} text={part} />
    ),
  );
}

function Row({ row, hasNumbers, isLast }: RowProps) {
  // After the last line break nothing comes that would be a line.
  const isEnd = isLast && row.text === "";
  return (
    <div className={styles.row}>
      {hasNumbers && (
        <span className={styles.number} aria-hidden>
          {isEnd ? "" : (row.line ?? "↪")}
        </span>
      )}
      <bdi dir="ltr" className={styles.text}>
        {row.text === "" ? "\u200b" : <Words text={row.text} />}
      </bdi>
    </div>
  );
}

/** A whole text as it is: a command, arguments, output. It wraps and scrolls; nothing is left out. */
export const CommandBlock = memo(function CommandBlock(props: Props) {
  const { text, label = "Command", maxHeight = 240, copied = text } = props;
  const rows = useMemo(() => textRows(text), [text]);
  const isLong = rows.length > mostDrawnRows || text.length > mostDrawnLength;
  const hasNumbers = props.hasNumbers ?? rows.length > 1;
  const lines = text.split("\n").length;
  const isLast = (index: number) => index > 0 && index === rows.length - 1;
  return (
    <div className={styles.block}>
      {isLong ? (
        <div style={{ height: maxHeight }} className={classNames(styles.longBox, "selectable")}>
          <VirtualList
            items={rows.map((row, index) => ({ row, key: String(index), isLast: isLast(index) }))}
            keyOf={({ key }) => key}
            render={({ row, isLast: last }) => <Row row={row} hasNumbers={hasNumbers} isLast={last} />}
            rowHeight={({ row }) => guessHeight(row)}
            isMeasured
            label={label}
            className={styles.long}
          />
        </div>
      ) : (
        <div
          className={classNames(styles.short, "selectable")}
          style={{ maxHeight }}
          role="group"
          aria-label={label}
          tabIndex={0}
        >
          {rows.map((row, index) => (
            <Row key={index} row={row} hasNumbers={hasNumbers} isLast={isLast(index)} />
          ))}
        </div>
      )}
      {isLong && (
        <div className={styles.size}>
          {counted(lines, "line")} · {counted(text.length, "character")} · scroll to read all of it
        </div>
      )}
      <div className={styles.copy}>
        <CopyButton text={copied} label={`Copy ${label.toLowerCase()}`} />
      </div>
    </div>
  );
});
