import { accessSync, constants, statSync } from "node:fs";
import type { BigIntStats } from "node:fs";
import { isAbsolute, join } from "node:path";

/** A file as it was: writing to it, or putting another in its place, makes another identity. */
export interface FileAsFound {
  readonly path: string;
  readonly identity: string;
}

/** Whatever is written to a file changes its time of change, which nobody can set. */
export const identityOf = ({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string =>
  [dev, ino, size, mtimeNs, ctimeNs].join(":");

/** The file that a name leads to on a search path, as the system would find it; null if none does. */
export function findProgram(name: string, searchPath: string): FileAsFound | null {
  const paths = isAbsolute(name) ? [name] : searchPath.split(":").map((folder) => join(folder, name));
  for (const path of paths) {
    const identity = identityOfProgram(path);
    if (identity !== null) return { path, identity };
  }
  return null;
}

function identityOfProgram(path: string): string | null {
  try {
    // Most folders of a search path don't have it: an exception for each would cost more than the look.
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    if (found?.isFile() !== true) return null;
    accessSync(path, constants.X_OK);
    return identityOf(found);
  } catch {
    return null;
  }
}
