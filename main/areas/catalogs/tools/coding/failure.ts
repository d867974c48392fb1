import type { ToolResult } from "../../../runs/contract.ts";

/**
 * Why a call can't be carried out, in words for the model. It becomes the call's result. A person who looks into the
 * history reads `forPerson`.
 */
export class ToolFailure extends Error {
  readonly forPerson: string;

  constructor(message: string, options: { cause?: unknown; forPerson?: string } = {}) {
    // An answer and no defect: where it was thrown matters to nobody, and to note it costs more than to look for a file.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    Error.stackTraceLimit = stackTraceLimit;
    this.name = "ToolFailure";
    this.forPerson = options.forPerson ?? "It would have failed.";
  }
}

/** It keeps secrets: only a person can have it read. */
export class SecretFailure extends ToolFailure {}

export function errorResult(message: string): ToolResult {
  return { content: message, isError: true };
}

const words: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  EACCES: "may not be accessed",
  EPERM: "may not be accessed",
  ENOTDIR: "has a part that is not a directory",
  EISDIR: "is a directory",
  ENAMETOOLONG: "is too long a name",
  ENOSPC: "did not fit: the disk is full",
  EROFS: "is on a read-only file system",
  ELOOP: "became a link while it was being opened",
  EXDEV: "is on another file system",
  EBUSY: "is in use",
  EMFILE: "could not be opened: too many files are open",
};

/** The file system's refusals as ToolFailure; anything else is a bug and passes through. */
export function asFailure(error: unknown, path: string): unknown {
  if (error instanceof ToolFailure) return error;
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return error;
  const said = words[code] ?? `could not be used (${code})`;
  return new ToolFailure(`${quoted(path)} ${said}`, { cause: error });
}

export const quoted = (text: string): string =>
  JSON.stringify(text.length > 300 ? `${text.slice(0, 300)}…` : text);
