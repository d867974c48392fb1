import { resolve } from "node:path";
import { act } from "./act.ts";
import { shellWord } from "./command/shell-line.ts";
import type { Inspection, Proposal } from "./contract.ts";
import { canonicalJson, sha256 } from "./digest.ts";
import { ranked, risk } from "./risks/risk.ts";
import type { Surroundings } from "./surroundings.ts";
import { visibleText } from "./visible-text.ts";

type Shell = Extract<Proposal, { kind: "shell" }>;

export function inspectShell({ text, folder, input }: Shell, { workDir }: Surroundings): Inspection {
  const shown = visibleText(text, "\n\t");
  const cwd = resolve(workDir, folder);
  return {
    subject: {
      action: "exec",
      target: text,
      remember: "once",
      fingerprint: sha256(canonicalJson([text, folder, input])),
      execution: { program: "sh", scripts: [] },
    },
    presentation: {
      wants: "wants to run a command",
      act: act("run", text),
      body: { kind: "command", text: cwd === workDir ? shown : `cd -- ${shellWord(folder)}\n${shown}` },
      risks: ranked([
        risk(
          "runs_code",
          "high",
          "runs code given to it",
          "The code is in the command and can do all that you can.",
        ),
      ]),
    },
  };
}

export function scriptsOfShell(_proposal: Shell): readonly string[] {
  return [];
}
