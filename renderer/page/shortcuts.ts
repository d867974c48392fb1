import { useEffect, useRef, useState } from "react";
import { create } from "zustand";

export interface Shortcut {
  /** `mod+k`, `shift+arrowdown`, `j`, `?`; `mod` is ⌘ on macOS and Ctrl elsewhere. */
  readonly keys: string;
  /** What it does, for the list behind `?`: "Allow once". Left out: not listed. */
  readonly does?: string;
  readonly run: () => void;
  /** Also while a text field has the focus. */
  readonly isGlobal?: boolean;
}

export interface ShortcutGroup {
  /** Higher answers first. */
  readonly order: number;
  readonly title: string;
  readonly shortcuts: readonly Shortcut[];
}

/** What is on screen and listens right now, in the order in which it answers. */
export const useShortcutGroups = create<{ readonly groups: readonly ShortcutGroup[] }>(() => ({
  groups: [],
}));

const isMac = typeof navigator !== "undefined" && navigator.userAgent.includes("Mac OS X");

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** The name of what was pressed, as `Shortcut.keys` writes it. Shift counts only where the key does not show it. */
export function pressed(event: KeyPress, mac: boolean = isMac): string {
  const key = event.key === " " ? "space" : event.key.toLowerCase();
  const mod = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  const isSign = event.key.length === 1 && event.key.toUpperCase() === event.key.toLowerCase();
  return [mod && "mod", other && "other", event.altKey && "alt", event.shiftKey && !isSign && "shift", key]
    .filter(Boolean)
    .join("+");
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches("input:not([type=checkbox]), textarea, select") ||
    target.closest("[role=menu]") !== null);

/** A control with the focus keeps the keys that work it. */
const worksFocusedControl = (target: EventTarget | null, keys: string) =>
  (keys === "enter" || keys === "space") &&
  target instanceof HTMLElement &&
  target.matches("button, a, summary, [role=menuitem], [role=radio]");

const isCovered = () => document.querySelector("dialog[open]") !== null;

function handle(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const keys = pressed(event);
  if (worksFocusedControl(event.target, keys)) return;
  const typing = isTyping(event.target);
  const covered = isCovered();
  for (const { shortcuts } of useShortcutGroups.getState().groups) {
    for (const shortcut of shortcuts) {
      if (shortcut.keys !== keys || (!shortcut.isGlobal && (typing || covered))) continue;
      event.preventDefault();
      shortcut.run();
      return;
    }
  }
}

let mounted = 0;
let lastOrder = 0;

/** Listens while the component is on screen. What lies inside, or came later, answers first. */
export function useShortcuts(title: string, shortcuts: readonly Shortcut[]): void {
  // Components render from the outside in, whereas their effects run from the inside out.
  const [order] = useState(() => ++lastOrder);
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  const signature = shortcuts.map(({ keys, does }) => `${keys} ${does ?? ""}`).join("\n");
  useEffect(() => {
    const group: ShortcutGroup = {
      order,
      title,
      shortcuts: latest.current.map((shortcut, index) => ({
        ...shortcut,
        run: () => latest.current[index]?.run(),
      })),
    };
    useShortcutGroups.setState(({ groups }) => ({
      groups: [group, ...groups].toSorted((a, b) => b.order - a.order),
    }));
    if (mounted++ === 0) window.addEventListener("keydown", handle);
    return () => {
      useShortcutGroups.setState(({ groups }) => ({ groups: groups.filter((other) => other !== group) }));
      if (--mounted === 0) window.removeEventListener("keydown", handle);
    };
  }, [title, signature, order]);
}
