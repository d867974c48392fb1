import { app, dialog, powerMonitor, type BrowserWindow } from "electron";

export interface QuittingDeps {
  readonly activeRunCount: () => number;
  /** The window a question belongs to, if one is open. */
  readonly window: () => BrowserWindow | null;
  /** Puts everything down in order. Contract: never rejects. */
  readonly stop: () => Promise<void>;
}

/** Every way out leads through here: menu, signal, log-out. The result leaves without asking. */
export function handleQuitting({ activeRunCount, window, stop }: QuittingDeps): () => Promise<void> {
  let state: "open" | "asking" | "stopping" = "open";

  const leave = async () => {
    if (state === "stopping") return;
    state = "stopping";
    await stop();
    app.exit(0);
  };

  const askAndLeave = async () => {
    if (state !== "open") return;
    state = "asking";
    if (await isQuittingFine(activeRunCount(), window())) return leave();
    state = "open";
  };

  app.on("before-quit", (event) => {
    event.preventDefault();
    void askAndLeave();
  });
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => void leave());
  powerMonitor.on("shutdown", () => void leave());
  // Work goes on without a window.
  app.on("window-all-closed", () => undefined);
  return leave;
}

async function isQuittingFine(runs: number, parent: BrowserWindow | null): Promise<boolean> {
  if (runs === 0) return true;
  const question = {
    type: "question" as const,
    message: runs === 1 ? "A run is still at work." : `${runs} runs are still at work.`,
    detail: "Quitting cancels what runs and denies what waits. Closing the window lets everything go on.",
    buttons: ["Quit and cancel", "Keep running"],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  };
  const { response } = await (parent === null
    ? dialog.showMessageBox(question)
    : dialog.showMessageBox(parent, question));
  return response === 0;
}
