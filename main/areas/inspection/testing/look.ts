import type { Proposal, Remember, Risk } from "../contract.ts";
import { needsOfCommand } from "../inspect-command.ts";
import { inspect, scriptsOf } from "../inspect.ts";
import type { Leads } from "../surroundings.ts";

export interface Look {
  readonly remember: Remember;
  readonly scripts: readonly string[];
  readonly risks: readonly Risk[];
  /** The worst. */
  readonly level: Risk["level"];
  readonly texts: readonly string[];
}

/** No link leads elsewhere, and no folder has secrets in it. */
const clean: Leads = {
  real: () => null,
  below: () => [],
  printed: () => [],
  repository: null,
  isPart: false,
};

/** All but what no one can follow was found. */
const isWhole = (proposal: Proposal): boolean =>
  !(proposal.kind === "program" || proposal.kind === "shell") ||
  needsOfCommand(proposal, "/code/app").every(({ kind }) => kind !== "project");

/** What becomes of a call whose scripts can all be read, in folders without links and secrets. */
export function look(proposal: Proposal): Look {
  const paths = scriptsOf(proposal);
  const scripts = new Map(paths.map((path) => [path, { path, digest: "d" }]));
  const { subject, presentation } = inspect(proposal, {
    workDir: "/code/app",
    scripts,
    leads: clean,
    reach: { bound: [], lines: [], isWhole: isWhole(proposal) },
  });
  const { risks } = presentation;
  return {
    remember: subject.remember,
    scripts: paths,
    risks,
    level: risks[0]?.level ?? "low",
    texts: risks.map(({ text }) => text),
  };
}

export const lookAtWords = (argv: readonly string[], input = "", folder = ""): Look =>
  look({ kind: "program", argv, folder, input });

/** Words are split at blanks; nothing is quoted. */
export const lookAt = (line: string, input = "", folder = ""): Look =>
  lookAtWords(line.split(" "), input, folder);

export const lookAtShell = (text: string, input = "", folder = ""): Look =>
  look({ kind: "shell", text, folder, input });
