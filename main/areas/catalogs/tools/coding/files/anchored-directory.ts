import { constants } from "node:fs";
import { lstat, mkdir, open, readlink, realpath } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { ToolFailure, quoted } from "../failure.ts";

/**
 * An open directory. Names are looked up in it as it was when it was checked, even if its path is swapped for a link
 * to somewhere else meanwhile.
 *
 * On Linux that is so for every use of `at`, by way of /proc/self/fd, Node's nearest to openat(2). Elsewhere the path
 * is used, and `confirm` finds out afterwards: it fails unless the open file is the one of that name in here.
 */
export interface AnchoredDirectory {
  readonly real: string;
  at(name: string): string;
  /** The directory called `name` in here, created if it is not there. */
  enter(name: string): Promise<AnchoredDirectory>;
  confirm(name: string, file: FileHandle): Promise<void>;
  /** Fails if the path has come to mean something else. */
  recheck(): Promise<void>;
  close(): Promise<void>;
}

const DIRECTORY = constants.O_RDONLY | (constants.O_DIRECTORY ?? 0) | (constants.O_NOFOLLOW ?? 0);

/** `real` is a path without links in it; if one has crept in, this fails. */
export async function openDirectory(real: string): Promise<AnchoredDirectory> {
  if (process.platform === "win32") return byPath(real, null);
  const handle = await open(real, DIRECTORY);
  try {
    const where =
      process.platform === "linux" ? await readlink(descriptorPath(handle)).catch(() => null) : null;
    if (where !== null && where !== real) throw changed(real);
    const directory = where === null ? byPath(real, handle) : byDescriptor(real, handle);
    await directory.recheck();
    return directory;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

const descriptorPath = (handle: FileHandle) => `/proc/self/fd/${handle.fd}`;

function byDescriptor(real: string, handle: FileHandle): AnchoredDirectory {
  const at = (name: string) => `${descriptorPath(handle)}/${name}`;
  return {
    real,
    at,
    async enter(name) {
      await createDirectory(at(name));
      return byDescriptor(join(real, name), await open(at(name), DIRECTORY));
    },
    confirm: () => Promise.resolve(),
    recheck: () => Promise.resolve(),
    close: () => handle.close(),
  };
}

function byPath(real: string, handle: FileHandle | null): AnchoredDirectory {
  const at = (name: string) => join(real, name);
  const recheck = async () => {
    const [now, info, own] = await Promise.all([realpath(real), lstat(real), handle?.stat()]);
    if (now !== real || !info.isDirectory()) throw changed(real);
    if (own !== undefined && (own.ino !== info.ino || own.dev !== info.dev)) throw changed(real);
  };
  return {
    real,
    at,
    recheck,
    async enter(name) {
      await createDirectory(at(name));
      await recheck();
      return openDirectory(at(name));
    },
    async confirm(name, file) {
      const [named, own] = await Promise.all([lstat(at(name)), file.stat()]);
      if (named.ino !== own.ino || named.dev !== own.dev) throw changed(at(name));
      await recheck();
    },
    close: async () => handle?.close(),
  };
}

async function createDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o755 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

const changed = (path: string) => new ToolFailure(`${quoted(path)} was changed while it was being opened`);
