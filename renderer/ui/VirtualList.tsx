import { measureElement, useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, type ReactNode, type RefObject } from "react";
import { classNames } from "./class-names.ts";
import { useRovingFocus } from "./roving-focus.ts";
import styles from "./VirtualList.module.css";

export interface VirtualListProps<T> {
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  readonly render: (item: T, index: number) => ReactNode;
  /** Height of a row, or a guess when rows are measured. */
  readonly rowHeight: number | ((item: T) => number);
  /** Rows differ in height by their content. */
  readonly isMeasured?: boolean;
  /** Key of the selected row; it is kept in view. `undefined`: the list has no selection at all. */
  readonly selected?: string | null;
  readonly label: string;
  /** Rows have buttons of their own, which an option of a listbox must not. */
  readonly hasControls?: boolean;
  /** Headings between the rows, which are not options. */
  readonly isHeading?: (item: T) => boolean;
  /** Near the end: the moment to load more. */
  readonly onNearEnd?: () => void;
  readonly footer?: ReactNode;
  readonly className?: string | undefined;
}

const nearEnd = 10;

/** Keeps what is read in its place when rows come or go above it. At the very top new rows push the others down. */
function useKeptPlace<T>(
  scroller: RefObject<HTMLElement | null>,
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  items: readonly T[],
  keyOf: (item: T) => string,
): void {
  const shown = useRef<{ readonly items: readonly T[]; readonly key: string; readonly start: number } | null>(
    null,
  );
  useLayoutEffect(() => {
    const before = shown.current;
    // As last heard of: asking the element would make the browser lay everything out with each change.
    let top = virtualizer.scrollOffset ?? 0;
    if (top > 0 && before !== null && before.items !== items) {
      const index = items.findIndex((item) => keyOf(item) === before.key);
      const moved = (virtualizer.measurementsCache[index]?.start ?? before.start) - before.start;
      top += moved;
      if (moved !== 0) scroller.current?.scrollTo({ top });
    }
    const first = virtualizer.getVirtualItems().find(({ end }) => end > top);
    const item = first === undefined ? undefined : items[first.index];
    shown.current =
      first === undefined || item === undefined ? null : { items, key: keyOf(item), start: first.start };
  });
}

/** A list of any length that only draws what is in sight. */
export function VirtualList<T>(props: VirtualListProps<T>) {
  const {
    items,
    keyOf,
    render,
    rowHeight,
    isMeasured = false,
    hasControls = false,
    selected,
    label,
    isHeading,
    onNearEnd,
  } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const guess = (index: number) => {
    const item = items[index];
    return typeof rowHeight === "number" || item === undefined ? (rowHeight as number) : rowHeight(item);
  };
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: guess,
    // In a dialog that is not open yet rows have no height; believed, the list would open scrolled to its end.
    measureElement: (row, entry, instance) =>
      measureElement(row, entry, instance) || guess(instance.indexFromElement(row)),
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
    overscan: 8,
    initialRect: { width: 0, height: 800 },
  });

  const selectedIndex = selected ? items.findIndex((item) => keyOf(item) === selected) : -1;
  const followed = useRef<string | null>(null);
  useEffect(() => {
    // Follows the selection, not every change of the list around it.
    if (selectedIndex < 0 || selected === undefined || selected === followed.current) return;
    followed.current = selected;
    virtualizer.scrollToIndex(selectedIndex, { align: "auto" });
  }, [selected, selectedIndex, virtualizer]);

  const rows = virtualizer.getVirtualItems();
  useKeptPlace(scroller, virtualizer, items, keyOf);
  const lastDrawn = rows.at(-1)?.index ?? -1;
  useEffect(() => {
    if (items.length > 0 && lastDrawn >= items.length - nearEnd) onNearEnd?.();
  }, [lastDrawn, items.length, onNearEnd]);

  const isSelectable = selected !== undefined;
  const isListbox = isSelectable && !hasControls;
  const rowRole = isListbox ? "option" : "listitem";
  const { focusable, holds } = useRovingFocus(scroller, { items, isHeading, selectedIndex, drawn: rows });
  return (
    <div
      ref={scroller}
      className={classNames(styles.scroller, props.className)}
      onFocus={() => holds(true)}
      onBlur={() => holds(false)}
    >
      <div
        role={isListbox ? "listbox" : "list"}
        aria-label={label}
        className={styles.list}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {rows.map(({ index, key, start, size }) => {
          const item = items[index];
          if (item === undefined) return null;
          const heading = isHeading?.(item) ?? false;
          const isSelected = index === selectedIndex;
          return (
            <div
              key={key}
              data-index={index}
              ref={isMeasured ? virtualizer.measureElement : undefined}
              role={heading && isListbox ? "presentation" : rowRole}
              tabIndex={!isSelectable || heading ? undefined : index === focusable ? 0 : -1}
              aria-selected={isListbox && !heading ? isSelected : undefined}
              aria-current={hasControls && isSelected ? true : undefined}
              aria-setsize={heading ? undefined : items.length}
              aria-posinset={heading ? undefined : index + 1}
              className={styles.row}
              style={{ transform: `translateY(${start}px)`, ...(isMeasured ? {} : { height: size }) }}
            >
              {render(item, index)}
            </div>
          );
        })}
      </div>
      {props.footer}
    </div>
  );
}
