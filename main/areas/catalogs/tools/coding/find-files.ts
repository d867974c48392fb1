import * as z from "zod";
import { codingTool } from "./coding-tool.ts";
import { ToolFailure, quoted } from "./failure.ts";
import { MAX_GLOB, globMatcher } from "./files/glob.ts";
import { locate } from "./files/locate.ts";
import type { Location } from "./files/locate.ts";
import { filesBelow, newWalk, notesOf } from "./files/walk.ts";
import { askForSecrets } from "./secret-reading.ts";

export const MAX_RESULTS = 200;

const parameters = z.object({
  pattern: z
    .string()
    .min(1)
    .max(MAX_GLOB)
    .describe(
      "Glob for the file's name (*.ts), or for its path below the searched directory if it has a slash (src/**/*.ts).",
    ),
  path: z.string().default(".").describe("Directory to search, relative to the workspace."),
  max_results: z.int().min(1).default(MAX_RESULTS).describe(`Paths to return, at most ${MAX_RESULTS}.`),
});

export const findFiles = codingTool({
  name: "find_files",
  description:
    "Find files in the workspace by a glob. Leaves out .git, links and files that may hold secrets.",
  parameters,
  permission: askForSecrets("search"),
  async execute({ pattern, path, max_results }, { workspace, signal, isPermitted }) {
    const start = locateStart(workspace, path, isPermitted);
    const matches = fileMatcher(pattern);
    const limit = Math.min(max_results, MAX_RESULTS);
    const walk = newWalk();
    const found: string[] = [];
    let more = false;
    for await (const file of filesBelow(start, workspace, signal, walk)) {
      if (!matches(file, start)) continue;
      if ((more = found.length >= limit)) break;
      found.push(file.path);
    }
    const notes = [
      ...(more ? [`[... the first ${limit} matches]`] : []),
      ...notesOf(walk, "too many files. Search a directory further down."),
    ];
    return {
      content: [...(found.length === 0 ? ["(no matches)"] : found), ...notes].join("\n"),
      isError: false,
      metadata: {
        matches: found.length,
        left_out: walk.leftOut,
        truncated: more || walk.stoppedEarly,
      },
    };
  },
});

export function locateStart(workspace: string, path: string, isPermitted = false): Location {
  const start = locate(workspace, path, isPermitted);
  if (start.kind === "absent") throw new ToolFailure(`${quoted(path)} does not exist`);
  if (start.kind === "other") throw new ToolFailure(`${quoted(path)} is not a directory`);
  return start;
}

/** A glob without a slash is about names only. */
export function fileMatcher(glob: string): (file: Location, start: Location) => boolean {
  const matches = globMatcher(glob);
  if (!glob.includes("/")) return (file) => matches(file.name);
  return (file, start) => {
    const below = start.path === "." ? file.path : file.path.slice(start.path.length + 1);
    return matches(below) || matches(file.path);
  };
}
