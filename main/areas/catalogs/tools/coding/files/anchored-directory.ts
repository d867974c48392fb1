import { constants } from "node:fs";
import { lstat, mkdir, open, readlink, realpath } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { ToolFailure, quoted } from "../failure.ts";

/**
 * An open directory. Names are looked up in it as it was when it was checked, even if its path is swapped for a link
 * to somewhere else meanwhile.
 *
 * On Linux that holds for every use of `at`, by way of /proc/self/fd, Node's nearest to openat(2). Elsewhere the path
 * is used, and `recheck` finds a swap that lasted.
 */
export interface AnchoredDirectory {
  readonly real: string;
  at(name: string): string;
  recheck(): Promise<void>;
  close(): Promise<void>;
}

/** `real` is a path without links in it; if one has crept in, this fails. */
export async function openDirectory(real: string): Promise<AnchoredDirectory> {
  if (process.platform === "win32") return unanchored(real, null);
  const handle = await open(real, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    return await anchor(handle, real);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Creates the directory if it is not there; a link in its place is refused. */
export async function openOrCreateDirectory(
  parent: AnchoredDirectory,
  name: string,
): Promise<AnchoredDirectory> {
  try {
    await mkdir(parent.at(name), { mode: 0o755 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  await parent.recheck();
  return openDirectory(join(parent.real, name));
}

async function anchor(handle: FileHandle, real: string): Promise<AnchoredDirectory> {
  const base = `/proc/self/fd/${handle.fd}`;
  const where = process.platform === "linux" ? await readlink(base).catch(() => null) : null;
  if (where === null) {
    const directory = unanchored(real, handle);
    await directory.recheck();
    return directory;
  }
  if (where !== real) throw changed(real);
  return {
    real,
    at: (name) => `${base}/${name}`,
    recheck: () => Promise.resolve(),
    close: () => handle.close(),
  };
}

function unanchored(real: string, handle: FileHandle | null): AnchoredDirectory {
  return {
    real,
    at: (name) => join(real, name),
    async recheck() {
      const [now, info, own] = await Promise.all([realpath(real), lstat(real), handle?.stat()]);
      if (now !== real || !info.isDirectory()) throw changed(real);
      if (own !== undefined && (own.ino !== info.ino || own.dev !== info.dev)) throw changed(real);
    },
    close: async () => handle?.close(),
  };
}

const changed = (path: string) => new ToolFailure(`${quoted(path)} was changed while it was being opened`);
