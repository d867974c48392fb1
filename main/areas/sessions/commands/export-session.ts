import { once } from "node:events";
import { open, rm } from "node:fs/promises";
import type { SessionId } from "../../../contract/ids.ts";
import { CliError, exitCodes, type ExitCode } from "../../../command/exit-codes.ts";
import { sessions } from "../contract.ts";
import type { SessionInvocation } from "./sessions.ts";

const formats = ["json", "markdown"] as const;

/** To the file that is named, else to the output; a piece at a time. No file is overwritten. */
export async function exportTo(invocation: SessionInvocation, id: SessionId): Promise<ExitCode> {
  const { out } = invocation.options;
  const pieces = piecesOf(invocation, id);
  if (out === undefined) {
    const { stdout } = invocation.terminal;
    for await (const text of pieces) if (!stdout.write(text)) await once(stdout, "drain");
    return exitCodes.ok;
  }
  // What can't be exported makes no file.
  const first = await pieces.next();
  const file = await open(out, "wx", 0o600).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === "EEXIST" ? `There is a file ${out} already.` : cause.message;
    throw new CliError(why, exitCodes.failed, { cause });
  });
  try {
    if (first.done !== true) await file.write(first.value);
    for await (const text of pieces) await file.write(text);
  } catch (error) {
    await rm(out, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return exitCodes.ok;
}

async function* piecesOf({ client, options }: SessionInvocation, id: SessionId): AsyncGenerator<string> {
  const format = formats.find((each) => each === (options.format ?? "json"));
  if (format === undefined) throw new CliError("--format takes json or markdown.", exitCodes.usage);
  const calls = client()(sessions);
  let { text, next } = await calls.exportSession({ id, format });
  yield text;
  while (next !== null) {
    ({ text, next } = await calls.exportSession({ id, format, after: next }));
    yield text;
  }
}
