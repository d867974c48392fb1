import { existsSync } from "node:fs";
import { join } from "node:path";
import { baseName } from "../../../inspection/command/program-name.ts";

const shells = new Set(["sh", "bash", "dash"]);
const pythons = /^python[\d.]*$/;

/** What a script sees of its own name and place. A copy has neither. */
const ownPlaceInShell = /\$\{?!?[0_]|BASH_SOURCE|BASH_ARGV|\bcaller\b|\/proc\b/;
const ownPlaceInPython =
  /__file__|__main__\.|\bargv\b|argparse|optparse|\bclick\b|\bsys\.(path|modules|_getframe)|\b(inspect|runpy|importlib|pkgutil|multiprocessing|concurrent|pickle|traceback|warnings|doctest|pdb)\b|__import__|\bexec\b|\beval\b|^\s*from\s+\./m;
const imports = /^[ \t]*(?:import|from)[ \t]+([\w.]+(?:[ \t]*(?:as[ \t]+\w+)?[ \t]*,[ \t]*[\w.]+)*)/gm;

/**
 * Whether a script does the same from a copy that nobody can change, under another name and without its folder. Then
 * the bytes that run are the ones that were judged. The others are read by their interpreter a moment after they were
 * compared, from where they lie.
 */
export function runsFromCopy(program: string, text: string, folder: string): boolean {
  const name = baseName(program);
  if (shells.has(name)) return !ownPlaceInShell.test(text);
  if (!pythons.test(name) || ownPlaceInPython.test(text)) return false;
  return importedBy(text).every((module) => !isBeside(folder, module));
}

function importedBy(text: string): string[] {
  return [...text.matchAll(imports)].flatMap(([, list = ""]) =>
    list.split(",").map((part) => /^\s*(\w+)/.exec(part)?.[1] ?? ""),
  );
}

const isBeside = (folder: string, module: string): boolean =>
  ["", ".py", ".pyc", ".so"].some((ending) => existsSync(join(folder, module + ending)));
