import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readlinkSync,
  realpathSync,
} from "node:fs";
import { join } from "node:path";
import { ToolFailure, quoted } from "../failure.ts";

/**
 * An open directory. Names are looked up in it as it was when it was checked, even if its path is swapped for a link
 * to somewhere else meanwhile.
 *
 * On Linux that is so for every use of `at`, by way of /proc/self/fd, Node's nearest to openat(2). Elsewhere the path
 * is used, and `confirm` finds out afterwards: it fails unless the open file is the one of that name in here.
 *
 * Nothing here goes through the thread pool: what is asked takes the system a few microseconds, a trip there and back
 * many times that.
 */
export interface AnchoredDirectory {
  readonly real: string;
  /** Null on Windows, which opens no directories. */
  readonly descriptor: number | null;
  at(name: string): string;
  /** The directory called `name` in here, created if it is not there. */
  enter(name: string): AnchoredDirectory;
  confirm(name: string, file: number): void;
  /** Fails if the path has come to mean something else. */
  recheck(): void;
  close(): void;
}

const DIRECTORY = constants.O_RDONLY | (constants.O_DIRECTORY ?? 0) | (constants.O_NOFOLLOW ?? 0);

/** `real` is a path without links in it; if one has crept in, this fails. */
export function openDirectory(real: string): AnchoredDirectory {
  if (process.platform === "win32") return byPath(real, null);
  const descriptor = openSync(real, DIRECTORY);
  try {
    const where = process.platform === "linux" ? placeOf(descriptor) : null;
    if (where !== null && where !== real) throw changed(real);
    const directory = where === null ? byPath(real, descriptor) : byDescriptor(real, descriptor);
    directory.recheck();
    return directory;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

const descriptorPath = (descriptor: number) => `/proc/self/fd/${descriptor}`;

/** Null where there is no /proc. */
function placeOf(descriptor: number): string | null {
  try {
    return readlinkSync(descriptorPath(descriptor));
  } catch {
    return null;
  }
}

function byDescriptor(real: string, descriptor: number): AnchoredDirectory {
  const at = (name: string) => `${descriptorPath(descriptor)}/${name}`;
  return {
    real,
    descriptor,
    at,
    enter(name) {
      createDirectory(at(name));
      return byDescriptor(join(real, name), openSync(at(name), DIRECTORY));
    },
    confirm: () => {},
    recheck: () => {},
    close: () => closeSync(descriptor),
  };
}

function byPath(real: string, descriptor: number | null): AnchoredDirectory {
  const at = (name: string) => join(real, name);
  const recheck = () => {
    const info = lstatSync(real);
    if (realpathSync.native(real) !== real || !info.isDirectory()) throw changed(real);
    if (descriptor === null) return;
    const own = fstatSync(descriptor);
    if (own.ino !== info.ino || own.dev !== info.dev) throw changed(real);
  };
  return {
    real,
    descriptor,
    at,
    recheck,
    enter(name) {
      createDirectory(at(name));
      recheck();
      return openDirectory(at(name));
    },
    confirm(name, file) {
      const [named, own] = [lstatSync(at(name)), fstatSync(file)];
      if (named.ino !== own.ino || named.dev !== own.dev) throw changed(at(name));
      recheck();
    },
    close() {
      if (descriptor !== null) closeSync(descriptor);
    },
  };
}

function createDirectory(path: string): void {
  try {
    mkdirSync(path, { mode: 0o755 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

const changed = (path: string) => new ToolFailure(`${quoted(path)} was changed while it was being opened`);
