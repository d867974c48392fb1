import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { text as readAll } from "node:stream/consumers";
import { runs, StartRun, type Run, type RunEvent } from "../contract.ts";
import { issuesInWords, inWords } from "../../../contract/issues.ts";
import type { RunId } from "../../../contract/ids.ts";
import type { DaemonClient } from "../../../command/client.ts";
import { defineCommand, type Invocation, type OptionValues } from "../../../command/command.ts";
import { CliError, exitCodes, type ExitCode } from "../../../command/exit-codes.ts";
import { createRequestDesk } from "./request-desk.ts";
import { createRunView } from "./run-view.ts";
import { visibleJson } from "../../../command/terminal/visible.ts";

const runOptions = {
  session: { type: "string" },
  provider: { type: "string" },
  model: { type: "string" },
  "max-turns": { type: "string" },
  folder: { type: "string" },
  detach: { type: "boolean" },
  quiet: { type: "boolean", short: "q" },
} as const;

export const run = defineCommand({
  name: "run",
  usage:
    '"TEXT" [--session ID] [--provider ALIAS] [--model NAME] [--max-turns N] [--folder DIR] [--detach] [--quiet]',
  summary:
    "Starts a run, shows it, and asks you here when it needs permission. `-` reads the text from the input.",
  options: runOptions,
  async run(invocation) {
    const { client, words, options, terminal } = invocation;
    const started = await start(client(), await promptOf(words, terminal.stdin), options);
    if (options.detach) {
      terminal.stdout.write(options.json ? `${visibleJson(started)}\n` : `${started.id}\n`);
      return exitCodes.ok;
    }
    return watch(invocation, started.id);
  },
});

async function promptOf(words: readonly string[], stdin: NodeJS.ReadStream): Promise<string> {
  const text = words.length === 1 && words[0] === "-" ? await readAll(stdin) : words.join(" ");
  if (text.trim() === "") throw new CliError('Say what to do: gatehouse run "TEXT"', exitCodes.usage);
  return text;
}

function start(client: DaemonClient, text: string, options: OptionValues<typeof runOptions>): Promise<Run> {
  const parsed = StartRun.safeParse(
    {
      sessionId: options.session ?? `cli:${randomBytes(4).toString("hex")}`,
      text,
      ...(options.folder !== undefined && { folder: resolve(options.folder) }),
      ...(options.provider !== undefined && { provider: options.provider }),
      ...(options.model !== undefined && { model: options.model }),
      ...(options["max-turns"] !== undefined && { maxTurns: Number(options["max-turns"]) }),
    },
    { error: inWords },
  );
  if (!parsed.success) throw new CliError(issuesInWords(parsed.error).join("; "), exitCodes.usage);
  return client(runs).startRun(parsed.data);
}

/** Shows the run up to its end. Ctrl-C cancels it, once more leaves at once. */
async function watch(
  { client, options, terminal }: Invocation<typeof runOptions>,
  runId: RunId,
): Promise<ExitCode> {
  const leave = new AbortController();
  let wasInterrupted = false;
  const interrupt = () => {
    if (wasInterrupted) return leave.abort();
    wasInterrupted = true;
    desk.close();
    client()(runs)
      .cancelRun({ id: runId })
      .catch(() => leave.abort());
  };
  const view = createRunView(terminal, { isQuiet: options.quiet === true || options.json === true });
  const desk = createRequestDesk({ client: client(), terminal, say: view.say, interrupt });
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  let ending: ExitCode = exitCodes.ok;
  try {
    for await (const { events } of client()(runs).follow({ id: runId }, { signal: leave.signal })) {
      for (const event of events) {
        if (options.json) terminal.stdout.write(`${visibleJson(event)}\n`);
        else view.show(event);
        desk.follow(event);
        ending = codeAfter(ending, event);
      }
    }
  } catch (error) {
    if (!leave.signal.aborted) throw error;
  } finally {
    desk.close();
    view.end();
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  }
  return wasInterrupted ? exitCodes.interrupted : ending;
}

function codeAfter(code: ExitCode, event: RunEvent): ExitCode {
  if (event.type === "run_error") return exitCodes.runFailed;
  if (event.type === "permission_settled" && event.outcome !== "allowed") return exitCodes.notAllowed;
  return code;
}
