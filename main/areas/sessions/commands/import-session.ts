import { createReadStream } from "node:fs";
import { MAX_PAGE_CHARACTERS } from "../../../contract/limits.ts";
import { CliError, exitCodes, type ExitCode } from "../../../command/exit-codes.ts";
import { visibleJson, visibleLine } from "../../../command/terminal/visible.ts";
import { plural } from "../../../command/terminal/words.ts";
import { sessions, type ImportState } from "../contract.ts";
import type { SessionInvocation } from "./sessions.ts";

/** Piece by piece; with `--dry-run` all of it is read and checked, and nothing is kept. `-` is the input. */
export async function importFrom(
  { client, options, terminal: { stdin, stdout } }: SessionInvocation,
  file: string,
): Promise<ExitCode> {
  const calls = client()(sessions);
  let state = await calls.beginImport();
  const source = file === "-" ? stdin : createReadStream(file);
  source.setEncoding("utf8");
  try {
    for await (const chunk of source as AsyncIterable<string>) {
      for (let from = 0; from < chunk.length; from += MAX_PAGE_CHARACTERS) {
        state = await calls.addToImport({
          id: state.id,
          text: chunk.slice(from, from + MAX_PAGE_CHARACTERS),
        });
      }
    }
  } catch (error) {
    await calls.abandonImport({ id: state.id }).catch(() => {});
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" && code !== "EISDIR") throw error;
    throw new CliError(`There is no file ${file}.`, exitCodes.failed, { cause: error });
  }
  if (options["dry-run"]) {
    await calls.abandonImport({ id: state.id });
    stdout.write(options.json ? `${visibleJson(state)}\n` : `${counts(state)}. Nothing was kept.\n`);
    return state.isWhole ? exitCodes.ok : exitCodes.failed;
  }
  const session = await calls.finishImport({ id: state.id });
  stdout.write(options.json ? `${visibleJson(session)}\n` : `${visibleLine(session.id)}: ${counts(state)}\n`);
  return exitCodes.ok;
}

const counts = ({ title, messages, compactions, isWhole }: ImportState) =>
  `“${visibleLine(title)}”, ${plural(messages, "message")}, ${plural(compactions, "summary", "summaries")}${isWhole ? "" : ", and the end is missing"}`;
