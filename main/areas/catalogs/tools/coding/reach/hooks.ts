import { existsSync, lstatSync, readFileSync, readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { trackedIn } from "../files/git-index.ts";
import { placeOf, settingsPlaceOf } from "../files/git-place.ts";
import { isInside } from "../files/private-places.ts";
import { readGitSettings } from "./git-settings.ts";

/** Hooks that also run with commands that only look, or that change nothing but references and the index. */
const always = ["post-index-change", "reference-transaction"];

const MAX_REPOSITORIES = 200;
const MAX_DEPTH = 8;

/**
 * Whether the repository around a folder runs nothing of its own, nor do those within it that git enters: no programs
 * that their settings name, and no hooks. For commands with which only few hooks run (`few`) the others may be there.
 */
export async function runsNothingOfItsOwn(folder: string, few: boolean): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    const info = lstatSync(join(at, ".git"), { throwIfNoEntry: false });
    if (info !== undefined) {
      const isOwn = (few || info.isDirectory()) && isPlain(at, few);
      if (!isOwn || !(await entersPlainOnes(at, { few, left: MAX_REPOSITORIES }, 0))) return false;
      // Git goes on upwards from what looks like a repository and is none.
      if (isRepository(placeOf(join(at, ".git")))) return true;
    } else if (isRepository(at)) return false;
    if (dirname(at) === at) return true;
  }
}

/** As git tells it. One without a `.git` was made in the folder itself, or brought along with what is in it. */
const isRepository = (git: string | null): boolean =>
  git !== null &&
  existsSync(join(git, "HEAD")) &&
  ["objects", "refs"].every((name) => existsSync(join(settingsOf(git), name)));

const settingsOf = (git: string): string => settingsPlaceOf(git) ?? git;

interface Looked {
  readonly few: boolean;
  left: number;
}

/** Where the index names a submodule, or any repository that was added as one, git runs in there too. */
async function entersPlainOnes(top: string, looked: Looked, depth: number): Promise<boolean> {
  const git = placeOf(join(top, ".git"));
  if (git === null) return false;
  if (!looked.few && !areModulesPlain(top, join(settingsOf(git), "modules"), looked)) return false;
  const tracked = await trackedIn(join(git, "index"));
  if (tracked === null) return false;
  for (const path of tracked.submodules) {
    const at = join(top, path);
    if (lstatSync(join(at, ".git"), { throwIfNoEntry: false }) === undefined) continue;
    if ((looked.left -= 1) < 0 || depth > MAX_DEPTH || !isPlain(at, looked.few)) return false;
    if (!(await entersPlainOnes(at, looked, depth + 1))) return false;
  }
  return true;
}

/** Repositories of submodules are fetched also where they are not checked out. A name may have slashes in it. */
function areModulesPlain(top: string, folder: string, looked: Looked): boolean {
  if (!existsSync(folder)) return true;
  if (!statSync(folder).isDirectory()) return false;
  return readdirSync(folder).every((name) => {
    const at = join(folder, name);
    if ((looked.left -= 1) < 0) return false;
    if (!existsSync(join(at, "config"))) return areModulesPlain(top, at, looked);
    return arePlain(at, { few: looked.few, workTree: top, isBelow: true });
  });
}

function isPlain(top: string, few: boolean): boolean {
  const git = settingsPlaceOf(join(top, ".git"));
  return git !== null && arePlain(git, { few, workTree: top, isBelow: false });
}

/** `isBelow`: the work tree may be anywhere below that folder. */
function arePlain(
  git: string,
  { few, workTree, isBelow }: { readonly few: boolean; readonly workTree: string; readonly isBelow: boolean },
): boolean {
  try {
    const settings = readGitSettings(readFileSync(join(git, "config"), "utf8"));
    const { hooksPath } = settings;
    if (!settings.isPlain || (hooksPath !== null && !few)) return false;
    // Quoted, escaped or in somebody's home: git reads it otherwise than it stands there.
    if (hooksPath !== null && !/^[\w./-]+$/.test(hooksPath)) return false;
    if (settings.workTree !== null && !isWorkTree(resolve(git, settings.workTree), workTree, isBelow))
      return false;
    const hooks = namesIn(hooksPath === null ? join(git, "hooks") : resolve(workTree, hooksPath));
    return hooks.every((name) => name.endsWith(".sample") || (few && !always.includes(name.toLowerCase())));
  } catch {
    return false;
  }
}

/** Another one would have git read and run what lies there. */
function isWorkTree(named: string, expected: string, isBelow: boolean): boolean {
  if (isBelow) return isInside(expected, named);
  return existsSync(named) && realpathSync.native(named) === realpathSync.native(expected);
}

function namesIn(folder: string): readonly string[] {
  return lstatSync(folder, { throwIfNoEntry: false }) === undefined ? [] : readdirSync(folder);
}
