import { lstatSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { settingsPlaceOf } from "../files/git-place.ts";
import { readGitSettings } from "./git-settings.ts";

/** Hooks that also run with commands that only look, or that change nothing but references and the index. */
const always = ["post-index-change", "reference-transaction"];

/**
 * Whether the repository around a folder runs nothing of its own: no programs that its settings name, and no hooks.
 * For commands with which only few hooks run (`few`) the others may be there.
 */
export function runsNothingOfItsOwn(folder: string, few: boolean): boolean {
  for (let at = folder; ; at = dirname(at)) {
    const info = lstatSync(join(at, ".git"), { throwIfNoEntry: false });
    if (info !== undefined) return (few || info.isDirectory()) && isPlain(at, few);
    if (dirname(at) === at) return true;
  }
}

function isPlain(top: string, few: boolean): boolean {
  const git = settingsPlaceOf(join(top, ".git"));
  if (git === null) return false;
  try {
    const { isPlain: arePlain, hooksPath } = readGitSettings(readFileSync(join(git, "config"), "utf8"));
    if (!arePlain || (hooksPath !== null && !few)) return false;
    // Quoted, escaped or in somebody's home: git reads it otherwise than it stands there.
    if (hooksPath !== null && !/^[\w./-]+$/.test(hooksPath)) return false;
    const hooks = namesIn(hooksPath === null ? join(git, "hooks") : resolve(top, hooksPath));
    return hooks.every((name) => name.endsWith(".sample") || (few && !always.includes(name.toLowerCase())));
  } catch {
    return false;
  }
}

function namesIn(folder: string): readonly string[] {
  return lstatSync(folder, { throwIfNoEntry: false }) === undefined ? [] : readdirSync(folder);
}
