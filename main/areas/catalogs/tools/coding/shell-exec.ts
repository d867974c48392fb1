import { resolve } from "node:path";
import * as z from "zod";
import { programsOf } from "../../../inspection/inspect-command.ts";
import { runProcess } from "../../../../kernel/process.ts";
import type { ProcessRequest, ProcessResult } from "../../../../kernel/process.ts";
import { ChangedBeforeStart } from "../../../../kernel/started-process.ts";
import type { ToolResult } from "../../../runs/contract.ts";
import type { Tool, ToolContext } from "../tool.ts";
import { childEnvironment } from "./child-environment.ts";
import type { Environment } from "./child-environment.ts";
import { codingTool } from "./coding-tool.ts";
import { inspectCommand } from "./execution.ts";
import { ToolFailure, quoted } from "./failure.ts";
import { changedSinceJudged, openJudged, openPlace } from "./judged-command.ts";
import { ownFileIn } from "./leads.ts";

const TIMEOUT_MS = 30_000;
const MAX_STREAM_BYTES = 64 * 1024;
const MIN_STREAM_BYTES = 256;
const MAX_WORDS_BYTES = 512 * 1024;

export const defaultBinaries: readonly string[] = ["go", "git", "make", "node", "npm", "python", "python3"];

const withoutNul = z.string().refine((text) => !text.includes("\0"), "holds a NUL character");

const parameters = z.object({
  argv: z
    .array(withoutNul)
    .min(1)
    .max(20_000)
    .refine((words) => words.reduce((sum, word) => sum + word.length, 0) <= MAX_WORDS_BYTES, "is too long")
    .describe(
      'Program and arguments, such as ["npm", "test"]. The program is a bare name that is on the list.',
    ),
  dir: z
    .string()
    .default("")
    .describe("Folder to run in, relative to the workspace. Default: the workspace."),
  stdin: z.string().default("").describe("Text for standard input."),
  max_output_bytes: z
    .int()
    .min(MIN_STREAM_BYTES)
    .default(MAX_STREAM_BYTES)
    .describe(`Bytes to return of each stream, at most ${MAX_STREAM_BYTES}.`),
});
type Arguments = z.output<typeof parameters>;

export interface ShellExecOptions {
  allowedBinaries(): readonly string[];
  environment(): Environment;
  readonly spoolDir: string;
  readonly timeoutMs?: number;
}

export function createShellExec(options: ShellExecOptions): Tool {
  return codingTool({
    name: "shell_exec",
    description:
      "Run a program in the workspace, given as a list of words. Needs permission. There is no shell: no pipes, no " +
      "expansion. It is stopped after 30 seconds. Long output is returned from both ends.",
    parameters,
    permission: {
      action: "exec",
      async look(args, context) {
        const place = placeOf(args, context, options);
        const { subject, presentation } = await inspectCommand(
          args,
          context.workspace,
          options.environment(),
        );
        const { state, refusal } = place;
        return {
          subject: { ...subject, state },
          present() {
            if (refusal !== undefined) throw refusal;
            return presentation;
          },
        };
      },
    },
    async execute(args, context) {
      const refusal = refusalOf(args.argv, options.allowedBinaries()) ?? ownFileRefusal(args, context);
      if (refusal !== null) throw new ToolFailure(refusal);
      const result = await run(args, context, options);
      if (result.aborted) throw new ToolFailure("stopped: the run was canceled");
      return rendered(args, result);
    },
  });
}

/** Null if it may run. Behind `env`, `timeout` and the like, the inner program must be allowed too. */
function refusalOf(argv: readonly string[], allowed: readonly string[]): string | null {
  for (const name of programsOf(argv)) {
    if (/[/\\]/.test(name)) return `${quoted(name)} is a path; only bare names of programs are run`;
    if (!allowed.includes(name)) {
      return `${quoted(name)} is not on the list of allowed programs (${allowed.join(", ")})`;
    }
  }
  return null;
}

function ownFileRefusal({ argv, dir }: Arguments, { workspace }: ToolContext): string | null {
  const word = ownFileIn(argv, resolve(workspace, dir), workspace);
  return word === null ? null : `${quoted(word)} belongs to Gatehouse itself`;
}

interface Place {
  /** What it would meet there; where it can't run, why. */
  readonly state: string;
  readonly refusal?: ToolFailure;
}

const refusedPlace = (refusal: ToolFailure): Place => ({ state: refusal.message, refusal });

/** Where it would run and with which programs, or why it would not. */
function placeOf(args: Arguments, context: ToolContext, options: ShellExecOptions): Place {
  const program = refusalOf(args.argv, options.allowedBinaries());
  if (program !== null) return refusedPlace(new ToolFailure(program, { forPerson: NOT_ALLOWED_PROGRAM }));
  const ownFile = ownFileRefusal(args, context);
  if (ownFile !== null)
    return refusedPlace(new ToolFailure(ownFile, { forPerson: "It names a file of Gatehouse itself." }));
  try {
    const place = openPlace(args, context.workspace, options.environment());
    place.close();
    return { state: place.state };
  } catch (error) {
    if (error instanceof ToolFailure) return refusedPlace(error);
    throw error;
  }
}

const NOT_ALLOWED_PROGRAM =
  "The program is not among those that you let agents run. Settings → Workspace and tools has the list.";

async function run(
  args: Arguments,
  { workspace, signal, judged }: ToolContext,
  options: ShellExecOptions,
): Promise<ProcessResult> {
  const [file = "", ...words] = args.argv;
  const place = await openJudged(args, workspace, options.environment(), judged);
  const request: ProcessRequest = {
    file,
    args: words,
    cwd: place.real,
    judged: place.judged,
    env: childEnvironment(options.environment(), workspace),
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    signal,
    maxBytesPerStream: Math.min(args.max_output_bytes, MAX_STREAM_BYTES),
    spoolDir: options.spoolDir,
    ...(args.stdin === "" ? {} : { input: args.stdin }),
  };
  try {
    return await runProcess(request);
  } catch (error) {
    if (error instanceof ChangedBeforeStart) throw changedSinceJudged(error);
    throw new ToolFailure(notStarted(file, error), { cause: error });
  } finally {
    place.close();
  }
}

function notStarted(file: string, error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT") return `${quoted(file)} is not installed, or not on the search path`;
  if (code === "E2BIG") return "the command is longer than the system allows";
  return `${quoted(file)} could not be started: ${error instanceof Error ? error.message : String(error)}`;
}

function rendered({ argv, dir }: Arguments, result: ProcessResult): ToolResult {
  const { exitCode, signal, timedOut, truncated, isLeft, stdout, stderr, spoolPaths } = result;
  const facts = [
    `exit_code: ${exitCode ?? -1}`,
    ...(signal === null ? [] : [`signal: ${signal}`]),
    `timed_out: ${timedOut}`,
    `truncated: ${truncated}`,
    ...(isLeft ? ["left_running: something that it started could not be ended"] : []),
    ...(spoolPaths.stdout === null ? [] : [`full_stdout: ${spoolPaths.stdout}`]),
    ...(spoolPaths.stderr === null ? [] : [`full_stderr: ${spoolPaths.stderr}`]),
  ];
  return {
    content: `${facts.join("\n")}\n\n${stream("stdout", stdout)}\n${stream("stderr", stderr)}`,
    isError: timedOut || exitCode !== 0,
    metadata: {
      argv,
      dir: dir === "" ? "." : dir,
      exit_code: exitCode ?? -1,
      timed_out: timedOut,
      truncated,
      stdout_bytes: Buffer.byteLength(stdout),
      stderr_bytes: Buffer.byteLength(stderr),
    },
  };
}

const stream = (name: string, text: string) => (text === "" ? `${name}: (empty)\n` : `${name}:\n${text}\n`);
