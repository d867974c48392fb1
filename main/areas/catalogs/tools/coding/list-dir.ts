import type { Dirent } from "node:fs";
import { lstat } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { codingTool } from "./coding-tool.ts";
import { ToolFailure, asFailure, quoted } from "./failure.ts";
import { isGitFolder } from "./files/git-folder.ts";
import { locate } from "./files/locate.ts";
import { entriesOf, leftOutNote } from "./files/walk.ts";
import { askForSecrets } from "./secret-reading.ts";

const MAX_ENTRIES = 200;

const parameters = z.object({
  path: z
    .string()
    .default(".")
    .describe("Directory relative to the workspace. Default: the workspace itself."),
  all: z.boolean().default(false).describe("Also list names that begin with a dot."),
});

export const listDir = codingTool({
  name: "list_dir",
  description:
    "List the entries of a directory in the workspace, not of those below it. Links and what may hold secrets are left out.",
  parameters,
  permission: askForSecrets("list"),
  async execute({ path, all }, { workspace, isPermitted }) {
    const location = locate(workspace, path, isPermitted);
    if (location.kind === "absent") throw new ToolFailure(`${quoted(path)} does not exist`);
    if (location.kind !== "directory") throw new ToolFailure(`${quoted(path)} is not a directory`);
    const { shown, leftOut, isPart } = await entriesOf(location.real, workspace, location.isPermitted).catch(
      (error: unknown) => {
        throw asFailure(error, path);
      },
    );
    const visible = shown.filter(({ name }) => !isGitFolder(name) && (all || !name.startsWith(".")));
    const lines = await Promise.all(
      visible.slice(0, MAX_ENTRIES).map((entry) => describeEntry(location.real, entry)),
    );
    if (visible.length > MAX_ENTRIES) {
      lines.push(`[... ${MAX_ENTRIES} of ${isPart ? "more than " : ""}${visible.length} entries]`);
    }
    if (leftOut > 0) lines.push(leftOutNote(leftOut));
    return {
      content: lines.join("\n") || "(empty)",
      isError: false,
      metadata: {
        path: location.path,
        entries: visible.length,
        left_out: leftOut,
        truncated: visible.length > MAX_ENTRIES,
      },
    };
  },
});

async function describeEntry(directory: string, entry: Dirent): Promise<string> {
  if (entry.isDirectory()) return `${entry.name}/`;
  if (!entry.isFile()) return `${entry.name} (special)`;
  const size = await lstat(join(directory, entry.name)).then(
    (info) => String(info.size),
    () => "?",
  );
  return `${entry.name}\t${size}`;
}
