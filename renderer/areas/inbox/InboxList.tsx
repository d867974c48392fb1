import { CheckBox } from "../../ui/CheckBox.tsx";
import { ListRow } from "../../ui/ListRow.tsx";
import { Prose } from "../../ui/Prose.tsx";
import { RelativeTime } from "../../ui/RelativeTime.tsx";
import { VirtualList } from "../../ui/VirtualList.tsx";
import { clientName, deciderWords } from "../permissions/outcome-words.ts";
import { OutcomeSign } from "../permissions/OutcomeSign.tsx";
import { kindOf } from "../waiting.ts";
import type { InboxRow } from "./inbox-rows.ts";
import styles from "./Inbox.module.css";

interface Props {
  readonly rows: readonly InboxRow[];
  readonly selected: string | null;
  readonly picked: ReadonlySet<string>;
  readonly onSelect: (id: string) => void;
  readonly onPick: (id: string) => void;
  readonly onPickMany: (ids: readonly string[], isOn: boolean) => void;
}

export const rowHeight = 54;
const headingHeight = 36;

export function InboxList({ rows, selected, picked, onSelect, onPick, onPickMany }: Props) {
  const draw = (row: InboxRow) => {
    switch (row.kind) {
      case "heading": {
        const count = row.ids.filter((id) => picked.has(id)).length;
        const isAll = row.ids.length > 0 && count === row.ids.length;
        return (
          <div className={styles.heading}>
            {row.ids.length > 1 && (
              <CheckBox
                isChecked={isAll}
                isMixed={count > 0}
                onChange={() => onPickMany(row.ids, !isAll)}
                label={`Pick all of ${row.title}`}
              />
            )}
            <bdi>{row.title}</bdi>
            {row.ids.length > 1 && <span>{row.ids.length}</span>}
          </div>
        );
      }
      case "waiting": {
        const { Row } = kindOf(row.item);
        return (
          <Row
            item={row.item}
            isOpen={row.key === selected}
            isPicked={picked.has(row.key)}
            onPick={() => onPick(row.key)}
            onOpen={() => onSelect(row.key)}
          />
        );
      }
      case "decided": {
        const { record } = row;
        return (
          <ListRow
            isSelected={row.key === selected}
            onSelect={() => onSelect(row.key)}
            icon={<OutcomeSign outcome={record.outcome} />}
            title={<Prose text={record.act} />}
            detail={
              <>
                <bdi>{clientName(record.clientId)}</bdi> · {deciderWords(record.decidedBy)}
              </>
            }
            aside={<RelativeTime at={record.at} />}
          />
        );
      }
    }
  };
  return (
    <VirtualList
      items={rows}
      keyOf={({ key }) => key}
      render={draw}
      rowHeight={({ kind }) => (kind === "heading" ? headingHeight : rowHeight)}
      isHeading={({ kind }) => kind === "heading"}
      hasControls
      selected={selected}
      label="Requests"
    />
  );
}
