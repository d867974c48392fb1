import type { BrowserWindow } from "electron";
import type { Log } from "../../kernel/log.ts";

const WAIT_MS = 500;
/** A page that dies this often within the hour is better left alone. */
const MAX_PER_HOUR = 5;
const HOUR_MS = 3_600_000;

/** A page that crashes comes back: what it showed is kept by the daemon. */
export function keepAlive(window: BrowserWindow, log: Log): { stop(): void } {
  let deaths: number[] = [];
  let timer: NodeJS.Timeout | null = null;

  const onGone = (_event: unknown, details: { reason: string; exitCode: number }) => {
    if (details.reason === "clean-exit" || window.isDestroyed()) return;
    const now = Date.now();
    deaths = [...deaths.filter((at) => now - at < HOUR_MS), now];
    log.error(
      { reason: details.reason, exitCode: details.exitCode, deaths: deaths.length },
      "a page crashed",
    );
    if (deaths.length > MAX_PER_HOUR) return;
    timer = setTimeout(() => {
      if (!window.isDestroyed()) window.webContents.reload();
    }, WAIT_MS);
  };

  window.webContents.on("render-process-gone", onGone);
  return {
    stop() {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
