import { resolve } from "node:path";
import { act } from "./act.ts";
import { parseCommand } from "./command/code-source.ts";
import { shellLine, shellWord } from "./command/shell-line.ts";
import type { Inspection, Presentation, Proposal, Subject } from "./contract.ts";
import { canonicalJson, sha256 } from "./digest.ts";
import { commandRisks } from "./risks/command.ts";
import type { Surroundings } from "./surroundings.ts";
import { visibleText } from "./visible-text.ts";

type Program = Extract<Proposal, { kind: "program" }>;

export function inspectProgram(proposal: Program, surroundings: Surroundings): Inspection {
  return {
    subject: commandSubject(proposal, surroundings),
    presentation: presentCommand(proposal, surroundings),
  };
}

export function scriptsOfProgram({ argv, input }: Program): readonly string[] {
  const { code } = parseCommand(argv, input !== "");
  return code.kind === "script" ? [code.path] : [];
}

function commandSubject({ argv, folder, input }: Program, { scripts }: Surroundings): Subject {
  const { program, code } = parseCommand(argv, input !== "");
  const script = code.kind === "script" ? scripts?.get(code.path) : undefined;
  const remember =
    code.kind === "none" ? "wide" : code.kind === "script" && script !== undefined ? "narrow" : "once";
  return {
    action: "exec",
    target: argv.join(" ") + surroundingWords(folder, input),
    remember,
    fingerprint: sha256(canonicalJson([argv, folder, input])),
    execution: { program, scripts: script === undefined ? [] : [script] },
  };
}

/** A folder or an input makes it another command, so the target names them too. */
function surroundingWords(folder: string, input: string): string {
  const place = folder === "" || folder === "." ? "" : ` (in ${folder})`;
  return place + (input === "" ? "" : ` (with input ${sha256(input).slice(0, 16)})`);
}

/** A command as a line to read and to paste, whole. */
function presentCommand({ argv, folder, input }: Program, { workDir, refusal }: Surroundings): Presentation {
  const line = shellLine(argv);
  const withInput = input === "" ? line : `printf %s ${shellWord(input)} | ${line}`;
  const text = folder === "" || folder === "." ? withInput : `cd -- ${shellWord(folder)} && ${withInput}`;
  return {
    wants:
      refusal === undefined
        ? "wants to run a command"
        : `wants to run a command that will be refused: ${visibleText(refusal)}`,
    act: act("run", line),
    body: { kind: "command", text },
    risks: commandRisks(parseCommand(argv, input !== ""), { workDir, cwd: resolve(workDir, folder) }),
  };
}
