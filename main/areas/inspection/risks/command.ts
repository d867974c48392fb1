import type { Risk } from "../contract.ts";
import type { Command } from "../command/code-source.ts";
import { interpreterOf } from "../command/interpreters.ts";
import { launchedCommand } from "../command/launchers.ts";
import { baseName, isOwnFile } from "../command/program-name.ts";
import { preview } from "../visible-text.ts";
import { gitRisks } from "./git.ts";
import { optionRisks } from "./file-programs.ts";
import { packageManagerRisks } from "./package-managers.ts";
import { reachOf } from "./paths.ts";
import type { Place } from "./paths.ts";
import { programRisks } from "./programs.ts";
import { raised, ranked, risk } from "./risk.ts";

/** What a command may do, in plain words, worst first. Contract: never empty, never throws. */
export function commandRisks(command: Command, place: Place): Risk[] {
  const found = [...programPart(command), ...codePart(command), ...variablePart(command)];
  return ranked(withReach(found, command.args, place));
}

function programPart({ program, args }: Command): readonly Risk[] {
  if (isOwnFile(program)) return [];
  const name = baseName(program);
  if (name === "git") return gitRisks(args);
  if (launchedCommand(name, args) === null && interpreterOf(name) !== null && programRisks(name) === null)
    return [];
  const known = optionRisks(name, args) ?? packageManagerRisks(name, args) ?? programRisks(name);
  return known ?? [unknownProgram(program)];
}

function codePart({ program, code }: Command): Risk[] {
  if (code.kind === "script") {
    return [
      risk(
        "runs_code",
        "high",
        "runs a script",
        `What happens is written in ${preview(code.path, 200)}. It can do all that you can.`,
      ),
    ];
  }
  if (code.kind === "none") return interpreterOf(program) === null ? [] : [printsAboutItself];
  return [
    interpreterOf(program) === null
      ? risk(
          "runs_code",
          "high",
          "can run other programs",
          "Its options or variables make it run something else.",
        )
      : risk(
          "runs_code",
          "high",
          "runs code given to it",
          "The code is in the command or its input and can do all that you can.",
        ),
  ];
}

const printsAboutItself = risk(
  "reads",
  "low",
  "shows its version or help",
  "It says something about itself and ends.",
);

function variablePart({ wrappers }: Command): Risk[] {
  if (!wrappers.includes("nohup") && !wrappers.includes("setsid")) return [];
  return [
    risk("runs_code", "low", "asks to outlive the call", "Gatehouse ends it with the call all the same."),
  ];
}

function unknownProgram(program: string): Risk {
  return risk(
    "unknown",
    "medium",
    "runs a program Gatehouse does not know",
    `Gatehouse can't tell what ${preview(program, 100) || "an empty name"} does.`,
  );
}

/** What is merely read in here may matter elsewhere, and what is changed elsewhere matters more. */
function withReach(risks: readonly Risk[], args: readonly string[], place: Place): Risk[] {
  const { outside, sensitive } = reachOf(args, place);
  if (outside.length === 0) return [...risks];
  const level = sensitive.length > 0 ? "high" : "medium";
  const where = preview(outside.slice(0, 3).join(", "), 200);
  const changing =
    risks.find(({ kind }) => kind === "deletes") ?? risks.find(({ kind }) => kind === "writes");
  return [
    ...risks.map((one) =>
      one.kind === "writes" || one.kind === "deletes" ? raised(one, "high") : raised(one, level),
    ),
    sensitive.length > 0
      ? risk(changing?.kind ?? "reads", "high", "touches keys or system files", `It names ${where}.`)
      : risk(
          changing?.kind ?? "reads",
          changing === undefined ? "medium" : "high",
          "reaches outside the work folder",
          `It names ${where}.`,
        ),
  ];
}
