import { Plus } from "lucide-react";
import { create } from "zustand";
import { go } from "../../page/navigation.ts";
import type { PageCommand } from "../../page/page.ts";

interface NewRun {
  readonly isOpen: boolean;
}

/** The dialog that starts a run. Any page may open it; the page that shows it is the one on screen. */
export const useNewRun = create<NewRun>(() => ({ isOpen: false }));

export const openNewRun = () => useNewRun.setState({ isOpen: true });
/** From anywhere: the page of runs, with the dialog open. */
export function startNewRun(): void {
  go("runs");
  openNewRun();
}

export const runCommands: readonly PageCommand[] = [
  { id: "new_run", label: "New run", icon: Plus, run: startNewRun },
];

export const closeNewRun = () => useNewRun.setState({ isOpen: false });
