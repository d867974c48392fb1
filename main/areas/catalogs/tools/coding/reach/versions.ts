import { existsSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "../../../../../kernel/program-file.ts";
import { foldersAbove } from "../files/folders-above.ts";
import type { Collector } from "./collector.ts";

/** Name a version that is installed, or the folder of one. */
const versionFiles = [
  ".python-version",
  ".ruby-version",
  ".node-version",
  ".nvmrc",
  ".java-version",
  ".go-version",
  ".tool-versions",
];
/** Can also name scripts to be run before. */
const settingsFiles = [
  "mise.toml",
  ".mise.toml",
  "mise.local.toml",
  ".mise.local.toml",
  ".mise",
  "mise",
  ".config/mise",
  ".config/mise.toml",
];

/** What is started here, and where it is looked for. */
export interface Started {
  readonly programs: readonly string[];
  readonly searchPath: string;
}

/**
 * A program on the search path may only stand in for the one of a version that files of the project name (pyenv, rbenv,
 * asdf, mise). These decide what runs, so they are bound.
 */
export async function versionReach(
  { programs, searchPath }: Started,
  folder: string,
  found: Collector,
): Promise<void> {
  const standIns = programs.filter((name) =>
    /[/\\]shims[/\\]/.test(findProgram(name, searchPath)?.path ?? ""),
  );
  if (standIns.length === 0) return;
  for (const at of foldersAbove(folder, found.workspace)) {
    if (settingsFiles.some((name) => existsSync(join(at, name)))) return found.leaveOpen();
    for (const name of versionFiles) {
      if (existsSync(join(at, name))) await found.file(join(at, name));
    }
  }
}
