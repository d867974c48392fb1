import { resolve } from "node:path";
import type { Presentation } from "./contract.ts";
import { parseCommand } from "./command/code-source.ts";
import { shellLine, shellWord } from "./command/shell-line.ts";
import { act } from "./present-call.ts";
import { commandRisks } from "./risks/command.ts";
import { visibleText } from "./visible-text.ts";

export interface ShownCommand {
  readonly argv: readonly string[];
  readonly workDir: string;
  /** Below the work folder, if it runs elsewhere than in it. */
  readonly folder?: string;
  readonly input?: string;
  /** Why it will be refused even if it is allowed here. */
  readonly refusal?: string;
}

/** A command as a line to read and to paste, whole. */
export function presentCommand({ argv, workDir, folder, input, refusal }: ShownCommand): Presentation {
  const line = shellLine(argv);
  const withInput = input === undefined ? line : `printf %s ${shellWord(input)} | ${line}`;
  const text = folder === undefined ? withInput : `cd -- ${shellWord(folder)} && ${withInput}`;
  return {
    wants:
      refusal === undefined
        ? "wants to run a command"
        : `wants to run a command that will be refused: ${visibleText(refusal)}`,
    act: act("run", line),
    body: { kind: "command", text },
    risks: commandRisks(parseCommand(argv, input !== undefined), {
      workDir,
      cwd: resolve(workDir, folder ?? "."),
    }),
  };
}
