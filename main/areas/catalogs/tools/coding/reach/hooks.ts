import { lstatSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

/** Whether the repository around a folder runs nothing of its own when git changes something. */
export function runsNoHooks(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    const info = lstatSync(join(at, ".git"), { throwIfNoEntry: false });
    if (info !== undefined) return info.isDirectory() && isPlain(join(at, ".git"));
    if (dirname(at) === at) return true;
  }
}

function isPlain(git: string): boolean {
  try {
    const settings = readFileSync(join(git, "config"), "utf8");
    // Also what it includes, and filters and signing programs, which run at a commit too.
    if (/hookspath|\[\s*include|\[\s*filter|program|editor|fsmonitor|worktreeconfig/i.test(settings))
      return false;
    return namesIn(join(git, "hooks")).every((name) => name.endsWith(".sample"));
  } catch {
    return false;
  }
}

function namesIn(folder: string): readonly string[] {
  return lstatSync(folder, { throwIfNoEntry: false }) === undefined ? [] : readdirSync(folder);
}
