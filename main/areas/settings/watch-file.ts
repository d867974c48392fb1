import { unwatchFile, watch, watchFile as pollFile, type FSWatcher } from "node:fs";
import { basename, dirname } from "node:path";
import type { Clock } from "../../kernel/clock.ts";

/** Editors write in several steps; the file is read once they are done. */
const SETTLE_MS = 100;
const POLL_MS = 2000;

/**
 * Calls `changed` soon after the file was written, replaced, created or removed. Watches the folder, because many
 * editors replace the file; where a folder can't be watched it looks every two seconds.
 */
export function watchFile(path: string, clock: Clock, changed: () => void): () => void {
  let cancelTimer: (() => void) | null = null;
  const touched = () => {
    cancelTimer?.();
    cancelTimer = clock.after(SETTLE_MS, changed);
  };
  const poll = () => {
    pollFile(path, { interval: POLL_MS, persistent: false }, touched);
  };

  let watcher: FSWatcher | null = null;
  try {
    watcher = watch(dirname(path), { persistent: false }, (_event, name) => {
      if (name === null || name === basename(path)) touched();
    });
    watcher.on("error", () => {
      watcher?.close();
      poll();
    });
  } catch {
    poll();
  }
  return () => {
    cancelTimer?.();
    watcher?.close();
    unwatchFile(path, touched);
  };
}
