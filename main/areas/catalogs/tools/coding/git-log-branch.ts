import * as z from "zod";
import type { Tool } from "../tool.ts";
import type { Environment } from "./child-environment.ts";
import { codingTool } from "./coding-tool.ts";
import { askForOtherRepository, baseParameter, commitOf, readGit } from "./git.ts";

const MAX_COMMITS = 50;
const MAX_BYTES = 200 * 1024;

const parameters = z.object({
  base: baseParameter,
  limit: z.int().min(1).default(MAX_COMMITS).describe(`Commits to return, at most ${MAX_COMMITS}.`),
});

export function createGitLogBranch(environment: () => Environment): Tool {
  return codingTool({
    name: "git_log_branch",
    description: "Show the commits of the current branch since a base (default main), newest first.",
    parameters,
    permission: askForOtherRepository,
    async execute({ base, limit }, context) {
      const call = { context, environment: environment(), maxBytes: MAX_BYTES };
      const commit = await commitOf(base, call);
      const count = `-n${Math.min(limit, MAX_COMMITS)}`;
      const format = "--pretty=format:%h %an  %s%n%b%n---";
      const content = await readGit(["log", "--no-color", count, format, `${commit}..HEAD`, "--"], call);
      return { content: content || "(no commits)", isError: false };
    },
  });
}
