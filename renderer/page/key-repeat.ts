/** Where a key goes, as far as repeating matters. */
export type KeyTarget = "nothing" | "line" | "text";

const moves = new Set([
  "arrowup",
  "arrowdown",
  "arrowleft",
  "arrowright",
  "pageup",
  "pagedown",
  "home",
  "end",
  "tab",
]);

/**
 * Whether a key that is held down may go on. It moves and it writes; whatever else a key does, it does once for each
 * press, so that a finger left on a key answers nothing.
 */
export function mayRepeat(key: string, target: KeyTarget): boolean {
  const name = key.toLowerCase();
  if (moves.has(name)) return true;
  if (target === "nothing") return name === "j" || name === "k";
  return name !== "enter" || target === "text";
}

function targetOf(element: EventTarget | null): KeyTarget {
  if (!(element instanceof HTMLElement)) return "nothing";
  if (element.isContentEditable || element.matches("textarea")) return "text";
  const writes = "input:not([type=checkbox], [type=radio], [type=button], [type=submit])";
  return element.matches(writes) ? "line" : "nothing";
}

/** Before anybody else hears of them, buttons and dialogs of the browser included. */
export function refuseRepeats(): void {
  window.addEventListener(
    "keydown",
    (event) => {
      if (!event.repeat || mayRepeat(event.key, targetOf(event.target))) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
}
