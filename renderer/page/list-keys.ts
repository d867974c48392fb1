import { useShortcuts, type Shortcut } from "./shortcuts.ts";

interface ListKeys {
  /** Ids in the order of the screen. */
  readonly ids: readonly string[];
  readonly selected: string | null;
  readonly onSelect: (id: string | null) => void;
  /** Enter on the selected row. Left out: the focus goes to the detail beside the list. */
  readonly onOpen?: (id: string) => void;
}

const focusDetail = () => document.querySelector<HTMLElement>("[data-detail]")?.focus();

/** The id a step away; without a selection the first step selects an end. */
export function stepFrom(ids: readonly string[], selected: string | null, step: 1 | -1): string | null {
  const index = selected === null ? -1 : ids.indexOf(selected);
  if (index === -1) return (step === 1 ? ids[0] : ids.at(-1)) ?? null;
  return ids[index + step] ?? selected;
}

/** `j k`, arrows, Home, End, Enter and Esc for the list of a page. */
export function useListKeys(
  title: string,
  { ids, selected, onSelect, onOpen }: ListKeys,
  more: readonly Shortcut[] = [],
) {
  const move = (step: 1 | -1) => () => onSelect(stepFrom(ids, selected, step));
  useShortcuts(title, [
    { keys: "j", does: "Next", run: move(1) },
    { keys: "k", does: "Previous", run: move(-1) },
    { keys: "arrowdown", run: move(1) },
    { keys: "arrowup", run: move(-1) },
    { keys: "home", run: () => onSelect(ids[0] ?? null) },
    { keys: "end", run: () => onSelect(ids.at(-1) ?? null) },
    { keys: "enter", does: "Open", run: () => selected !== null && (onOpen ?? focusDetail)(selected) },
    { keys: "escape", does: "Back to the list", run: () => onSelect(null) },
    ...more,
  ]);
}
