import { createGitDiffBranch } from "./coding/git-diff-branch.ts";
import { createGitLogBranch } from "./coding/git-log-branch.ts";
import { keepPrivate } from "./coding/files/private-places.ts";
import { createShellExec, defaultBinaries } from "./coding/shell-exec.ts";
import { createWriteFile } from "./coding/write-file.ts";
import { editFile } from "./coding/edit-file.ts";
import { findFiles } from "./coding/find-files.ts";
import { grep } from "./coding/grep.ts";
import { listDir } from "./coding/list-dir.ts";
import { readFile } from "./coding/read-file.ts";
import type { Environment } from "./coding/child-environment.ts";
import type { CodingSettings } from "./settings/contract.ts";
import type { Tool, ToolCatalog } from "./tool.ts";

export interface ToolCatalogOptions {
  settings(): CodingSettings;
  /** Where output goes that is too long to return. */
  readonly spoolDir: string;
  /** Gatehouse's own files and folders. They may lie in the workspace, and no tool gets at them there either. */
  readonly privatePlaces?: readonly string[];
  /** What child processes inherit from, by a short list of names. Default: this process's own. */
  environment?(): Environment;
}

export function createToolCatalog(options: ToolCatalogOptions): ToolCatalog {
  for (const place of options.privatePlaces ?? []) keepPrivate(place);
  const environment = () => options.environment?.() ?? process.env;
  const coding = options.settings;
  const codingTools: readonly Tool[] = [
    readFile,
    createWriteFile(() => coding().allowOverwrite),
    editFile,
    listDir,
    findFiles,
    grep,
    createShellExec({
      allowedBinaries: () => [...new Set([...defaultBinaries, ...coding().allowBinaries])],
      environment,
      spoolDir: options.spoolDir,
    }),
    createGitDiffBranch(environment),
    createGitLogBranch(environment),
  ];
  const list = () => (coding().enabled ? codingTools : []);
  return { list, find: (name) => list().find(({ info }) => info.name === name) };
}
