import type { KeyboardEvent } from "react";

const scrollKeys: ReadonlySet<string> = new Set(["ArrowUp", "ArrowDown", "Home", "End"]);

/** For a view that scrolls: while it has the focus, these keys move it and not the list beside it. */
export function keepScrollKeys(event: KeyboardEvent): void {
  if (event.target === event.currentTarget && scrollKeys.has(event.key)) event.stopPropagation();
}
