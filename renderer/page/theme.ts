import { create } from "zustand";
import type { Theme } from "../../main/desktop/contract.ts";
import { windowDesktopCalls } from "../client/desktop-window.ts";
import { useDesktop } from "../client/desktop.ts";
import { asCallError } from "../client/errors.ts";
import { toast } from "../ui/toasts.ts";

/** What the person chose. The main process makes every page follow; this page does so at once. */
export const useTheme = create<{ readonly theme: Theme }>(() => ({ theme: "system" }));

function show(theme: Theme): void {
  useTheme.setState({ theme });
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}

export function setTheme(theme: Theme): void {
  const before = useTheme.getState().theme;
  show(theme);
  windowDesktopCalls.setTheme({ theme }).catch((caught: unknown) => {
    show(before);
    toast(asCallError(caught).message, { tone: "deny" });
  });
}

/** Shows the remembered choice as soon as the desktop has told it. */
export function startTheme(): void {
  useDesktop.subscribe(({ facts }, before) => {
    if (facts !== null && before.facts === null) show(facts.theme);
  });
}
