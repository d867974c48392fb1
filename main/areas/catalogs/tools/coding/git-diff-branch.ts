import * as z from "zod";
import type { Tool } from "../tool.ts";
import type { Environment } from "./child-environment.ts";
import { codingTool } from "./coding-tool.ts";
import { secretPatterns } from "../../../inspection/risks/secrets.ts";
import { askForOtherRepository, baseParameter, commitOf, readGit } from "./git.ts";

const MAX_BYTES = 200 * 1024;

const parameters = z.object({
  base: baseParameter,
  max_bytes: z.int().min(1).default(MAX_BYTES).describe(`Bytes of the diff to return, at most ${MAX_BYTES}.`),
});

/** Files that may hold secrets stay out of the diff as they stay out of everything else. */
const pathspecs = [
  ".",
  ...secretPatterns.flatMap((name) => [
    `:(exclude,icase,glob)**/${name}`,
    `:(exclude,icase,glob)**/${name}/**`,
  ]),
];

export function createGitDiffBranch(environment: () => Environment): Tool {
  return codingTool({
    name: "git_diff_branch",
    description: "Show what the commits of the current branch change compared with a base (default main).",
    parameters,
    permission: askForOtherRepository,
    async execute({ base, max_bytes }, context) {
      const call = { context, environment: environment(), maxBytes: Math.min(max_bytes, MAX_BYTES) };
      const commit = await commitOf(base, call);
      const options = ["--no-color", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all"];
      const content = await readGit(["diff", ...options, `${commit}...HEAD`, "--", ...pathspecs], call);
      return { content: content || "(no changes)", isError: false };
    },
  });
}
