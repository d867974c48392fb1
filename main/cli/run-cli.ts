import { parseArgs } from "node:util";
import { closest, distance } from "fastest-levenshtein";
import { areaModules } from "../areas/index.ts";
import type { AnyModule } from "../areas/module.ts";
import { version } from "../version.ts";
import { createDaemonClient } from "../command/client.ts";
import { DaemonRefusal } from "../command/send.ts";
import {
  commonOptions,
  type Command,
  type OptionTypes,
  type OptionValues,
  type Terminal,
} from "../command/command.ts";
import { serve } from "./serve.ts";
import { findDaemon } from "../command/connection.ts";
import { CliError, exitCodes, type ExitCode } from "../command/exit-codes.ts";
import { daemonAt, type DaemonAddress } from "../command/handshake.ts";
import { visible, visibleJson } from "../command/terminal/visible.ts";
import { commandUsage, usageText } from "./usage.ts";

const commands: readonly Command[] = areaModules.flatMap(({ commands: ofArea = [] }: AnyModule) => ofArea);
const programOptions = { ...commonOptions, version: { type: "boolean" } } as const;
const allOptions: OptionTypes = Object.assign({}, ...commands.map(({ options }) => options), programOptions);

/** Runs one command. Contract: never rejects; what went wrong is said on the error output. */
export async function runCli(
  args: readonly string[],
  terminal: Terminal,
  daemonFile: string,
): Promise<ExitCode> {
  try {
    if (args[0] === "serve") return await serve(daemonFile, args.slice(1));
    return await dispatch(args, terminal);
  } catch (error) {
    return explain(error, terminal, args.includes("--json"));
  }
}

async function dispatch(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parse(args);
  const [name, ...words] = positionals;
  if (values.version) {
    terminal.stdout.write(`${version}\n`);
    return exitCodes.ok;
  }
  if (name === undefined || name === "help") {
    const topic = words[0] === undefined ? undefined : commandNamed(words[0]);
    const wasAsked = name === "help" || values.help === true;
    (wasAsked ? terminal.stdout : terminal.stderr).write(
      topic === undefined ? usageText(commands) : commandUsage(topic),
    );
    return wasAsked ? exitCodes.ok : exitCodes.usage;
  }
  const command = commandNamed(name);
  if (values.help) {
    terminal.stdout.write(commandUsage(command));
    return exitCodes.ok;
  }
  refuseStrayOptions(command, values);
  let found: DaemonAddress | undefined;
  const address = () => (found ??= daemonAt(findDaemon(values, terminal.environment)));
  return command.run({
    terminal,
    words,
    options: values,
    address,
    client: () => createDaemonClient(address()),
  });
}

type Values = OptionValues<typeof programOptions>;

function parse(args: readonly string[]): { values: Values; positionals: string[] } {
  try {
    const options = allOptions as typeof programOptions;
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (cause) {
    const [sentence = ""] = (cause as Error).message.split(". ");
    throw new CliError(`${sentence.replace(/\.$/, "")}.`, exitCodes.usage, { cause });
  }
}

function commandNamed(name: string): Command {
  const found = commands.find((command) => command.name === name);
  if (found !== undefined) return found;
  const names = [...commands.map((command) => command.name), "serve"];
  const nearest = closest(name, names);
  const hint = distance(name, nearest) <= 2 ? `Did you mean "${nearest}"?` : "See: gatehouse help";
  throw new CliError(`There is no command "${name}". ${hint}`, exitCodes.usage);
}

function refuseStrayOptions({ name, options }: Command, values: Values): void {
  const stray = Object.keys(values).find((key) => !(key in options) && !(key in commonOptions));
  if (stray !== undefined)
    throw new CliError(`${name} has no option --${stray}. See: gatehouse ${name} --help`, exitCodes.usage);
}

/** What was named is not there, or is over. */
const isGone = ({ code, status }: DaemonRefusal) =>
  !code.startsWith("request.") && (status === 404 || code.endsWith(".already_settled"));

function explain(error: unknown, terminal: Terminal, isJson: boolean): ExitCode {
  const code = exitCodeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (isJson && error instanceof DaemonRefusal) {
    terminal.stderr.write(`${visibleJson({ error: { code: error.code, message, data: error.data } })}\n`);
  } else {
    terminal.stderr.write(`gatehouse: ${visible(message)}\n`);
  }
  return code;
}

function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CliError) return error.exitCode;
  return error instanceof DaemonRefusal && isGone(error) ? exitCodes.gone : exitCodes.failed;
}
