import { Plus } from "lucide-react";
import { create } from "zustand";
import type { SessionId } from "../../../main/contract/ids.ts";
import { go } from "../../page/navigation.ts";
import type { PageCommand } from "../../page/page.ts";

interface NewRun {
  readonly isOpen: boolean;
  /** The session to go on with; null lets the person choose. */
  readonly sessionId: SessionId | null;
}

/** The dialog that starts a run. Any page may open it; the page that shows it is the one on screen. */
export const useNewRun = create<NewRun>(() => ({ isOpen: false, sessionId: null }));

export const openNewRun = (sessionId: SessionId | null = null) =>
  useNewRun.setState({ isOpen: true, sessionId });
/** From anywhere: the page of runs, with the dialog open. */
export function startNewRun(): void {
  go("runs");
  openNewRun();
}

export const runCommands: readonly PageCommand[] = [
  { id: "new_run", label: "New run", icon: Plus, run: startNewRun },
];

export const closeNewRun = () => useNewRun.setState({ isOpen: false, sessionId: null });
