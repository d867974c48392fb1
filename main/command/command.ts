import type { DaemonClient } from "./client.ts";

import type { ExitCode } from "./exit-codes.ts";
import type { DaemonAddress } from "./handshake.ts";
import type { Paint } from "./terminal/paint.ts";

/** Where a command reads and writes; the process in real life. */
export interface Terminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  /** A person can be asked: input and messages are at a terminal. */
  readonly canAsk: boolean;
  readonly paintOut: Paint;
  readonly paintErr: Paint;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** What a command can be told besides its words, by the name that is typed: `--scope session`. */
export type OptionTypes = Readonly<
  Record<string, { readonly type: "string" | "boolean"; readonly short?: string }>
>;

/** These go with every command. */
export const commonOptions = {
  json: { type: "boolean" },
  url: { type: "string" },
  token: { type: "string" },
  home: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const satisfies OptionTypes;

export type OptionValues<Options extends OptionTypes> = {
  readonly [K in keyof Options]?: (Options[K]["type"] extends "boolean" ? boolean : string) | undefined;
};

export interface Invocation<Options extends OptionTypes = Record<never, never>> {
  readonly terminal: Terminal;
  readonly words: readonly string[];
  readonly options: OptionValues<Options & typeof commonOptions>;
  /** Contract: both throw CliError when no daemon can be found. */
  readonly client: () => DaemonClient;
  readonly address: () => DaemonAddress;
}

export interface Command {
  readonly name: string;
  /** What follows the name, such as `ID [--reason TEXT]`. */
  readonly usage: string;
  readonly summary: string;
  readonly options: OptionTypes;
  run(invocation: Invocation): Promise<ExitCode>;
}

/** A command whose options are declared with it; `run` gets them typed. */
export function defineCommand<const Options extends OptionTypes>(
  command: Omit<Command, "options" | "run"> & {
    readonly options: Options;
    run(invocation: Invocation<Options>): Promise<ExitCode>;
  },
): Command {
  return command;
}
