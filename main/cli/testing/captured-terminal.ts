import { PassThrough } from "node:stream";
import type { ReadStream } from "node:tty";
import type { Terminal } from "../../command/command.ts";
import { createPaint } from "../../command/terminal/paint.ts";

export interface CapturedTerminal extends Terminal {
  out(): string;
  err(): string;
  /** What a person types, line ends included. */
  type(text: string): void;
}

/** A terminal without colours whose output is kept. With `canAsk` a person sits at it. */
export function createCapturedTerminal(options: { readonly canAsk?: boolean } = {}): CapturedTerminal {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const stdin = new PassThrough();
  let out = "";
  let err = "";
  stdout.on("data", (part: Buffer) => (out += part.toString()));
  stderr.on("data", (part: Buffer) => (err += part.toString()));
  return {
    stdin: stdin as unknown as ReadStream,
    stdout,
    stderr,
    canAsk: options.canAsk ?? false,
    paintOut: createPaint(false),
    paintErr: createPaint(false),
    environment: {},
    out: () => out,
    err: () => err,
    type: (text) => stdin.write(text),
  };
}
