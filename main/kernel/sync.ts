import { closeSync, fsyncSync, openSync } from "node:fs";

/** What was written to a file is on the disk itself. */
export function syncFile(path: string): void {
  const file = openSync(path, "r+");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A new name is on the disk only once its folder is. Where folders can't be opened, their system sees to it. */
export function syncFolder(path: string): void {
  if (process.platform === "win32") return;
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
