import { open, realpath, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { randomHex } from "./random-id.ts";

export interface ReplaceOptions {
  /** A link that a person keeps at `path` stays, and what it leads to is replaced. Otherwise the link is replaced. */
  readonly throughLink?: boolean;
}

/**
 * Puts a file with this text at `path`, for its owner alone from the first byte on. A reader sees the old file or the
 * new one, never half, also after a loss of power. If it fails, the old one is as it was and nothing is left over.
 */
export async function replaceFile(path: string, text: string, options: ReplaceOptions = {}): Promise<void> {
  const target = options.throughLink === true ? await realpath(path).catch(() => path) : path;
  // Made anew under a name that nobody can have put a link or a file of theirs at.
  const temporary = `${target}.${randomHex()}.tmp`;
  const file = await open(temporary, "wx", 0o600);
  try {
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(target));
}

/** The new name is on disk only once its folder is. Where folders can't be opened, their system sees to it. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
