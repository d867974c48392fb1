import * as z from "zod";
import type { Presentation } from "../../../inspection/contract.ts";
import { act } from "../../../inspection/act.ts";
import { canonicalJson, sha256 } from "../../../inspection/digest.ts";
import { REACHES_OUTSIDE } from "../../../inspection/risks/where.ts";
import { risk } from "../../../inspection/risks/risk.ts";
import { visibleText } from "../../../../contract/visible-text.ts";
import { runProcess } from "../../../../kernel/process.ts";
import type { ProcessResult } from "../../../../kernel/process.ts";
import type { ToolContext } from "../tool.ts";
import { childEnvironment } from "./child-environment.ts";
import type { Environment } from "./child-environment.ts";
import type { SometimesAsked } from "./coding-tool.ts";
import { ToolFailure, quoted } from "./failure.ts";
import { gitOutside } from "./files/git-place.ts";

const TIMEOUT_MS = 15_000;

/** Settings of a repository can make git run programs. These calls need no permission, so nothing of that is left. */
const safeSettings = [
  "safe.bareRepository=explicit",
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "core.pager=cat",
  "core.attributesFile=/dev/null",
  "diff.external=",
  "log.showSignature=false",
  "protocol.allow=never",
  "submodule.recurse=false",
  "diff.submodule=short",
  "color.ui=never",
];
const safeEnvironment = {
  GIT_TERMINAL_PROMPT: "0",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_NO_LAZY_FETCH: "1",
  GIT_ALLOW_PROTOCOL: "",
  GIT_PAGER: "cat",
};

export const baseParameter = z
  .string()
  .max(250)
  .refine(
    (base) => !base.startsWith("-") && !/[\p{Cc}\s]/u.test(base),
    "is not the name of a branch or commit",
  )
  .default("main")
  .describe("Branch or commit to compare with. Default: main.");

/** A `.git` that points elsewhere may have been written to read what is there. */
export const askForOtherRepository: SometimesAsked<{ readonly base: string }> = {
  action: "read_repository",
  isNeeded: (_args, { workspace }) => gitOutside(workspace) !== null,
  look(args, { workspace }) {
    const outside = gitOutside(workspace);
    const place = outside ?? workspace;
    return Promise.resolve({
      subject: {
        target: place,
        remember: "narrow",
        fingerprint: sha256(canonicalJson(args)),
        state: outside ?? "",
      },
      present: () => presentRepository(place),
    });
  },
};

function presentRepository(place: string): Presentation {
  return {
    wants: "wants to read a repository outside of the work folder",
    act: act("read the repository", place),
    body: { kind: "call", text: visibleText(`The work folder's .git leads to\n${place}`, "\n") },
    risks: [
      risk(
        "reads",
        "high",
        REACHES_OUTSIDE,
        "The work folder's .git points to a repository elsewhere, and that one does not know this work folder.",
      ),
    ],
  };
}

export interface GitCall {
  readonly context: ToolContext;
  readonly environment: Environment;
  readonly maxBytes: number;
}

/** Runs a git command that only reads, with `args` behind git's own options. */
export async function readGit(args: readonly string[], call: GitCall): Promise<string> {
  const { exitCode, signal, stdout, stderr } = await run(args, call);
  if (exitCode === 0) return stdout;
  throw new ToolFailure(stderr.trim() || `git ended with ${exitCode ?? signal ?? "an error"}`);
}

/** The commit's hash, so that no name, however strange, is ever an option or a range to the next command. */
export async function commitOf(base: string, call: GitCall): Promise<string> {
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${base}^{commit}`];
  const { exitCode, stdout, stderr } = await run(args, call);
  if (exitCode !== 0)
    throw new ToolFailure(
      stderr.trim() || `there is no branch or commit ${quoted(base)} here; name one with base`,
    );
  const hash = stdout.trim().split("\n").at(-1) ?? "";
  if (!/^[0-9a-f]{40,64}$/.test(hash)) throw new ToolFailure(`${quoted(base)} is not a commit`);
  return hash;
}

/** What git answers, in any folder; null if it can't. Only for questions that make it run nothing. */
export async function askGit(
  args: readonly string[],
  question: {
    readonly folder: string;
    readonly workspace: string;
    readonly environment: Environment;
    readonly timeoutMs: number;
    readonly maxBytes: number;
    readonly input?: string;
  },
): Promise<string | null> {
  const { folder, workspace, environment, maxBytes, input } = question;
  const { exitCode, stdout, truncated } = await runProcess({
    ...safely(args, folder, childEnvironment(environment, workspace)),
    ...(input === undefined ? {} : { input }),
    timeoutMs: question.timeoutMs,
    signal: new AbortController().signal,
    maxBytesPerStream: maxBytes,
  }).catch(() => failed);
  return exitCode === 0 && !truncated ? stdout : null;
}

const failed = { exitCode: null, stdout: "", truncated: false };

const safely = (args: readonly string[], cwd: string, env: Readonly<Record<string, string>>) => ({
  file: "git",
  args: ["--no-pager", ...safeSettings.flatMap((setting) => ["-c", setting]), ...args],
  cwd,
  env: { ...env, ...safeEnvironment },
  spoolDir: null,
  keep: "start" as const,
});

async function run(
  args: readonly string[],
  { context, environment, maxBytes }: GitCall,
): Promise<ProcessResult> {
  const { workspace, signal, isPermitted } = context;
  if (isPermitted !== true && gitOutside(workspace) !== null) {
    throw new ToolFailure("the .git of the workspace leads to a repository outside of it. Do not retry.");
  }
  const result = await runProcess({
    ...safely(args, workspace, childEnvironment(environment, workspace)),
    timeoutMs: TIMEOUT_MS,
    signal,
    maxBytesPerStream: maxBytes,
  }).catch((error: unknown) => {
    throw new ToolFailure("git is not installed, or not on the search path", { cause: error });
  });
  if (result.aborted) throw new ToolFailure("stopped: the run was canceled");
  if (result.timedOut) throw new ToolFailure(`git took longer than ${TIMEOUT_MS / 1_000} seconds`);
  return result;
}
