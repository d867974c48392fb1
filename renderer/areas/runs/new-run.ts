import { create } from "zustand";
import type { SessionId } from "../../../main/contract/ids.ts";

interface NewRun {
  readonly isOpen: boolean;
  /** The session to go on with; null lets the person choose. */
  readonly sessionId: SessionId | null;
}

/** The dialog that starts a run. Any page may open it; the page that shows it is the one on screen. */
export const useNewRun = create<NewRun>(() => ({ isOpen: false, sessionId: null }));

export const openNewRun = (sessionId: SessionId | null = null) =>
  useNewRun.setState({ isOpen: true, sessionId });
export const closeNewRun = () => useNewRun.setState({ isOpen: false, sessionId: null });
