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

export const optionTypes = {
  json: { type: "boolean" },
  url: { type: "string" },
  token: { type: "string" },
  home: { type: "string" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
  scope: { type: "string" },
  scopes: { type: "string" },
  expires: { type: "string" },
  reason: { type: "string" },
  session: { type: "string" },
  provider: { type: "string" },
  model: { type: "string" },
  "max-turns": { type: "string" },
  detach: { type: "boolean" },
  quiet: { type: "boolean", short: "q" },
} as const;

export type OptionName = keyof typeof optionTypes;
export type OptionValues = {
  readonly [K in OptionName]?:
    ((typeof optionTypes)[K]["type"] extends "boolean" ? boolean : string) | undefined;
};

/** These go with every command. */
export const commonOptions: readonly OptionName[] = ["json", "url", "token", "home", "help"];

export interface Invocation {
  readonly terminal: Terminal;
  readonly words: readonly string[];
  readonly options: OptionValues;
  /** Contract: both throw CliError when no daemon can be found. */
  readonly client: () => DaemonClient;
  readonly address: () => DaemonAddress;
}

export interface Command {
  readonly name: string;
  /** What follows the name, such as `ID [--reason TEXT]`. */
  readonly usage: string;
  readonly summary: string;
  readonly options: readonly OptionName[];
  run(invocation: Invocation): Promise<ExitCode>;
}
