import { useCallback, useEffect, useRef, useState } from "react";
import type { Settings } from "./sections.ts";
import { asCallError, type CallError } from "../../client/errors.ts";
import { useSettings } from "./store.ts";

export type SaveState =
  { readonly kind: "idle" | "saving" | "saved" } | { readonly kind: "failed"; readonly error: CallError };

const idle: SaveState = { kind: "idle" };
const savedShownMs = 2000;

/**
 * Saves one part of the settings. `draft` is what a person chose, until the file says the same or refuses it:
 * the control shows the choice at once and goes back when it could not be kept.
 */
export function useSaving<T>(stored: T, save: (value: T) => Promise<Settings>) {
  const [state, setState] = useState<SaveState>(idle);
  const [draft, setDraft] = useState<{ readonly value: T } | null>(null);
  const latest = useRef(0);

  useEffect(() => {
    if (state.kind !== "saved") return;
    const timer = setTimeout(() => setState(idle), savedShownMs);
    return () => clearTimeout(timer);
  }, [state]);

  const change = useCallback(
    async (value: T) => {
      const attempt = ++latest.current;
      setDraft({ value });
      setState({ kind: "saving" });
      try {
        const settings = await save(value);
        if (attempt !== latest.current) return;
        useSettings.update(() => settings);
        setState({ kind: "saved" });
      } catch (caught) {
        if (attempt !== latest.current) return;
        setState({ kind: "failed", error: asCallError(caught) });
      }
      setDraft(null);
    },
    [save],
  );

  return { value: draft === null ? stored : draft.value, state, change };
}
