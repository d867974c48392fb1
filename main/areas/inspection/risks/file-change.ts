import type { Diff, Risk } from "../contract.ts";
import { ranked, risk } from "./risk.ts";

export interface FileChange {
  readonly path: string;
  readonly status: Diff["status"];
}

/** Files that some program runs or obeys without being asked again. */
const obeyed: readonly { readonly pattern: RegExp; readonly by: string }[] = [
  {
    pattern: /(^|\/)(package\.json|deno\.jsonc?|\.npmrc|\.yarnrc(\.yml)?|\.pnpmfile\.c?js)$/,
    by: "the package manager",
  },
  {
    pattern:
      /(^|\/)((GNU)?makefile|[^/]+\.mk|justfile|taskfile\.ya?ml|rakefile|build\.gradle(\.kts)?|build\.rs|cmakelists\.txt)$/i,
    by: "the build",
  },
  {
    pattern:
      /(^|\/)(setup\.py|setup\.cfg|pyproject\.toml|conftest\.py|tox\.ini|noxfile\.py|sitecustomize\.py|[^/]+\.pth)$/,
    by: "Python's tools",
  },
  {
    pattern:
      /(^|\/)(\.github\/((workflows|actions)\/|$)|\.gitlab-ci\.yml$|\.circleci\/|jenkinsfile$|\.travis\.yml$|azure-pipelines\.yml$)/i,
    by: "the build server",
  },
  {
    pattern: /(^|\/)(\.husky\/|\.githooks\/|\.pre-commit-config\.ya?ml$|lefthook\.ya?ml$)/,
    by: "git, at a commit",
  },
  { pattern: /(^|\/)(node_modules|\.venv|venv)\//, by: "whatever loads packages" },
  {
    pattern:
      /(^|\/)(\.cargo\/(config(\.toml)?)?|rust-toolchain(\.toml)?|gemfile|\.tool-versions|mise\.toml|\.envrc)$/i,
    by: "tools of the language",
  },
  // A file of the name HEAD makes a folder a repository, with a `config` of its own that can name programs.
  { pattern: /(^|\/)(\.gitattributes|\.gitmodules|head)$/i, by: "git" },
  {
    pattern: /(^|\/)(\.vscode\/((tasks|settings|launch)\.json|$)|\.idea\/|\.devcontainer\/)/,
    by: "the editor",
  },
  {
    pattern: /(^|\/)(dockerfile[^/]*|containerfile|(docker-)?compose[^/]*\.ya?ml)$/i,
    by: "the container builder",
  },
  { pattern: /(^|\/)\.?(bash|zsh)(rc|_profile|env)$|(^|\/)\.profile$/, by: "your shell" },
  {
    pattern:
      /(^|\/)(claude|agents|gemini)\.md$|(^|\/)(\.claude|\.cursor|\.codex|\.mcp\.json)(\/|$)|(^|\/)\.cursorrules$/i,
    by: "agents, as their instructions",
  },
  { pattern: /\.(sh|bash|zsh|fish|ps1|bat|cmd|command)$/i, by: "whoever starts it" },
];

const obeyedBy = (path: string): string | undefined =>
  obeyed.find(({ pattern }) => pattern.test(path.replaceAll("\\", "/")))?.by;

/** Whether some program runs or obeys what is in the file, without another question. */
export const isObeyed = (path: string): boolean => obeyedBy(path) !== undefined;

export function fileChangeRisks({ path, status }: FileChange): Risk[] {
  return ranked([...obeyedRisks(path), writing(status)]);
}

/** What follows from where something is written, whatever writes it. */
export function obeyedRisks(path: string): Risk[] {
  const by = obeyedBy(path) ?? obeyedBy(`${path}/`);
  if (by === undefined) return [];
  return [
    risk(
      "runs_code",
      "medium",
      `is obeyed by ${by}`,
      "What is written here takes effect later without another question.",
    ),
  ];
}

function writing(status: Diff["status"]): Risk {
  switch (status) {
    case "created":
      return risk("writes", "low", "creates a file", "Nothing that exists is changed.");
    case "changed":
      return risk("writes", "low", "changes a file", "Only the lines shown are changed.");
    case "overwritten":
      return risk("writes", "medium", "replaces a whole file", "What was in it before is gone.");
  }
}
