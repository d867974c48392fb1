import { realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";

/** One list for the process: what is private is so for every tool, call and workspace. */
const places = new Set<string>();

/** Keeps all tools away from Gatehouse's own files. They hold the token, keys and the ledger. */
export function keepPrivate(path: string): void {
  places.add(join(realPlace(dirname(path)), basename(path)));
  places.add(realPlace(path));
}

/** It, or a folder above it, may not be there yet. */
function realPlace(path: string): string {
  try {
    return realpathSync.native(path);
  } catch (error) {
    if (dirname(path) === path) throw error;
    return join(realPlace(dirname(path)), basename(path));
  }
}

export const privatePlaces = (): readonly string[] => [...places];

/** A workspace below a private place is the tools' own, all the same. */
export function isPrivate(real: string, workspace: string): boolean {
  for (const place of places) {
    const isOwn = place !== workspace && isInside(place, workspace);
    if (!isOwn && isInside(place, real)) return true;
  }
  return false;
}

/** Not as the system would write it: parts that lead elsewhere or mean nothing, or hidden names, which begin alike. */
const hasToBeRead = /^[^/]|\/(?:[./]|$)/;

export function isInside(folder: string, path: string): boolean {
  // Most paths are written out, and are compared some twenty times for one command.
  if (sep === "/" && !hasToBeRead.test(folder) && !hasToBeRead.test(path))
    return path.startsWith(folder) && (path.length === folder.length || path[folder.length] === sep);
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
