import { downloads, fetchesAndRuns, runsOthers } from "./effects.ts";
import type { Form, Program } from "./form.ts";
import { pythonTools, nodeTools, rubyTools } from "./project-tools.ts";

/** Starts a program of the project, or fetches one. Known just where it is one of the tools that people have there. */
const launching = (only: string, options: string): Form => ({
  does: [fetchesAndRuns, downloads],
  options,
  runs: { kind: "command", only },
});
const ofProject = (only: string, options: string): Form => ({
  does: [],
  options,
  runs: { kind: "command", only },
});
const python = `${pythonTools} python python3`;

export const launcherPrograms: readonly Program[] = [
  {
    names: "npx pnpx bunx",
    ...launching(nodeTools, "-y --yes -q --quiet --no-install --no --prefer-offline --offline"),
    otherwise: fetchesAndRuns,
  },
  { names: "uvx", ...launching(pythonTools, "-q --quiet --offline"), otherwise: fetchesAndRuns },
  {
    names: "pipx",
    does: [fetchesAndRuns, downloads],
    commands: { run: ofProject(pythonTools, "-q") },
    otherwise: runsOthers,
  },
  {
    names: "pipenv",
    does: [],
    commands: { run: ofProject(python, "") },
    otherwise: runsOthers,
  },
  {
    names: "corepack busybox rbenv pyenv mise asdf dotenv direnv nix-shell",
    does: [runsOthers],
    operands: "any",
    once: true,
  },
];

export const runInPoetry = ofProject(python, "-q --quiet");
export const runInUv = ofProject(python, "-q --quiet --frozen --locked --offline --no-sync");
export const runInBundle = ofProject(rubyTools, "");
