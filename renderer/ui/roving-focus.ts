import { useEffect, useRef, type RefObject } from "react";

interface Rows<T> {
  readonly items: readonly T[];
  readonly isHeading: ((item: T) => boolean) | undefined;
  readonly selectedIndex: number;
  /** What is in the document at the moment. */
  readonly drawn: readonly { readonly index: number }[];
}

interface RovingFocus {
  /** Index of the row that Tab reaches: the selected one, else the first in sight. */
  readonly focusable: number;
  /** To be told when the list gets the focus, and when it leaves. */
  readonly holds: (isHere: boolean) => void;
}

/** While a list has the focus, it goes where the selection goes. Rows say their place in `data-index`. */
export function useRovingFocus<T>(scroller: RefObject<HTMLElement | null>, rows: Rows<T>): RovingFocus {
  const { items, isHeading, selectedIndex, drawn } = rows;
  const isHere = useRef(false);
  const followed = useRef(-1);
  const isDrawn = drawn.some(({ index }) => index === selectedIndex);
  useEffect(() => {
    if (!isDrawn || followed.current === selectedIndex) return;
    followed.current = selectedIndex;
    // A row that was scrolled away took the focus along without a word.
    const isOnRow = document.activeElement?.hasAttribute("data-index") ?? false;
    if (!isHere.current || !(isOnRow || document.activeElement === document.body)) return;
    scroller.current
      ?.querySelector<HTMLElement>(`[data-index="${selectedIndex}"]`)
      ?.focus({ preventScroll: true });
  }, [scroller, selectedIndex, isDrawn]);

  const isRow = (index: number) => {
    const item = items[index];
    return item !== undefined && isHeading?.(item) !== true;
  };
  return {
    focusable: isDrawn ? selectedIndex : (drawn.find(({ index }) => isRow(index))?.index ?? -1),
    holds(now) {
      isHere.current = now;
    },
  };
}
