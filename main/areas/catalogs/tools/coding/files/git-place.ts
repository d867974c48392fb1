import { lstatSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isInside } from "./private-places.ts";

const MAX_BYTES = 64 * 1024;

/**
 * Where git would look outside of the workspace: a `.git` that is a file or a link, or settings in it, can point to any
 * repository of the machine. Null: it stays inside, or there is none here.
 *
 * A work tree that the other repository itself names as its own is no stranger.
 */
export function gitOutside(workspace: string): string | null {
  const git = join(workspace, ".git");
  const place = placeOf(git);
  if (place === null) return null;
  if (!isInside(workspace, place)) return namesBack(place, git) ? null : place;
  const common = textOf(join(place, "commondir"));
  const lenders = textOf(join(place, "objects", "info", "alternates"));
  const others = [
    ...(common === null ? [] : [resolve(place, common)]),
    ...linesOf(lenders).map((line) => resolve(place, "objects", line)),
    ...["objects", "refs"].flatMap((name) => realOf(join(place, name)) ?? []),
  ];
  return others.find((other) => !isInside(workspace, realOf(other) ?? other)) ?? null;
}

/** Where the repository of a `.git` has its settings and hooks, which its work trees share; null if there is none. */
export function settingsPlaceOf(git: string): string | null {
  const place = placeOf(git);
  const common = place === null ? null : textOf(join(place, "commondir"));
  return place === null || common === null ? place : resolve(place, common);
}

/** The real path of the repository's folder; null if there is nothing. A work tree has its own index there. */
export function placeOf(git: string): string | null {
  const info = lstatSync(git, { throwIfNoEntry: false });
  if (info === undefined) return null;
  const real = realOf(git);
  if (real === null) return null;
  if (info.isDirectory() || lstatSync(real).isDirectory()) return real;
  const pointer = /^gitdir: (.+)/.exec(textOf(real) ?? "")?.[1];
  if (pointer === undefined) return null;
  const target = resolve(dirname(real), pointer.trim());
  return realOf(target) ?? target;
}

/** `git worktree add` writes the way back into the repository. */
function namesBack(place: string, git: string): boolean {
  const back = textOf(join(place, "gitdir"));
  return back !== null && resolve(place, back) === git;
}

const linesOf = (text: string | null): string[] => (text ?? "").split("\n").filter((line) => line !== "");

function realOf(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch {
    return null;
  }
}

/** Null if there is none, or it is too long for what it should be. */
function textOf(path: string): string | null {
  try {
    const info = lstatSync(path);
    return info.isFile() && info.size <= MAX_BYTES ? readFileSync(path, "utf8").trim() : null;
  } catch {
    return null;
  }
}
