import { statSync, watch, type FSWatcher } from "node:fs";
import type { Clock } from "../../kernel/clock.ts";

/** Editors write in several steps; the file is read once they are done. */
const SETTLE_MS = 100;
const LOOK_MS = 500;

/**
 * Calls `changed` soon after the file was written, replaced, created or removed.
 *
 * It is the file that is watched and not its folder: the database is written there, and each of its writes would wake
 * the process. What can't be seen so (a file that is not there yet, a link that leads elsewhere now) is found by a look
 * twice a second, which costs a few microseconds.
 */
export function watchFile(path: string, clock: Clock, changed: () => void): () => void {
  let watcher: FSWatcher | null = null;
  let seen = stampOf(path);
  let cancelChange = () => {};
  let cancelLook = () => {};

  const touched = () => {
    cancelChange();
    cancelChange = clock.after(SETTLE_MS, () => {
      // Many editors put a new file in the place of the old one. Before it is read, so that no later write is missed.
      follow();
      seen = stampOf(path);
      changed();
    });
  };
  const stopFollowing = () => {
    watcher?.close();
    watcher = null;
  };
  const follow = () => {
    stopFollowing();
    try {
      watcher = watch(path, { persistent: false }, touched);
      watcher.on("error", stopFollowing);
    } catch {
      // Not there, or a file that can't be watched.
    }
  };
  const look = () => {
    const stamp = stampOf(path);
    if (stamp !== seen) touched();
    seen = stamp;
    cancelLook = clock.after(LOOK_MS, look);
  };

  follow();
  look();
  return () => {
    cancelChange();
    cancelLook();
    stopFollowing();
  };
}

/** Differs once the file is another, or has other content. */
function stampOf(path: string): string {
  try {
    const { dev, ino, size, mtimeMs, ctimeMs } = statSync(path);
    return [dev, ino, size, mtimeMs, ctimeMs].join(" ");
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? "";
  }
}
