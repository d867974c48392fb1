import { risk } from "../risks/risk.ts";
import { actsOnService, readsService, usesKeys } from "./effects.ts";
import type { Form, Program } from "./form.ts";

const deletes = risk(
  "deletes",
  "high",
  "deletes something at a service",
  "What it names is gone for everybody.",
);
const destroys = risk(
  "deletes",
  "high",
  "destroys infrastructure",
  "Machines, data and addresses it manages are taken down.",
);
const plans = risk(
  "network",
  "medium",
  "asks services what would change",
  "It uses your login and runs the providers' plug-ins.",
);
const plugins = risk(
  "runs_code",
  "low",
  "runs plug-ins of the project",
  "Which plug-ins run is written in the project's files.",
);

const hub = "-R: --repo: -L:n --limit:n --json: -q: --jq: -t: --template: -w:n";
const look = (options = ""): Form => ({
  does: [readsService],
  options: `${hub} -s: --state: -A: --author: -l: --label: -a: --assignee: -S: --search: -B: --base: -H: --head: -c --comments --name-only --patch --color: --log --log-failed --exit-status --watch --required -b: --branch: -u: --user: --archived --visibility: --source ${options}`,
  operands: "any",
});
const once = (...does: Form["does"]): Form => ({ does, operands: "any", once: true });
const acting = once(actsOnService);

const gh: Readonly<Record<string, Form>> = {
  pr: {
    does: [],
    options: hub,
    commands: {
      "list view diff checks status": look(),
      "create edit merge close reopen comment review ready checkout lock unlock update-branch": acting,
    },
  },
  issue: {
    does: [],
    options: hub,
    commands: {
      "list view status": look(),
      "create edit close reopen comment transfer lock unlock pin unpin develop": acting,
      delete: once(deletes, actsOnService),
    },
  },
  run: {
    does: [],
    options: hub,
    commands: {
      "list view watch": look("-j: --job: -v --verbose"),
      "cancel rerun download": acting,
      delete: once(deletes, actsOnService),
    },
  },
  "release label workflow cache ruleset": {
    does: [],
    options: hub,
    commands: {
      "list view": look(),
      "create edit upload download run enable disable": acting,
      delete: once(deletes, actsOnService),
    },
  },
  repo: {
    does: [],
    options: hub,
    commands: {
      "list view": look(),
      "create fork clone edit sync archive rename set-default": acting,
      delete: once(deletes, actsOnService),
    },
  },
  search: {
    does: [readsService],
    operands: "any",
    options: `${hub} --owner: --language: --state: --sort: --order: --match:`,
  },
  auth: {
    does: [],
    commands: {
      status: look(),
      "login logout refresh token setup-git switch": once(usesKeys, actsOnService),
    },
  },
};

/** A plan runs the providers' plug-ins and data sources. */
const infrastructure: Readonly<Record<string, Form>> = {
  "version providers graph": { does: [plugins], options: "-json", operands: "none" },
  "validate fmt": {
    does: [
      plugins,
      risk("writes", "low", "may tidy files", "Some checkers rewrite the files that they check."),
    ],
    options: "-json -no-color -check -diff -recursive -write: -list:",
    operands: "any",
  },
  "plan show output": {
    does: [plans, plugins],
    options:
      "-json -no-color -out:out -var: -var-file:file -target: -refresh: -input: -lock: -lock-timeout: -detailed-exitcode -compact-warnings -raw -parallelism:n -refresh-only",
    operands: "any",
  },
  state: {
    does: [plans, plugins],
    commands: { "list show": { does: [], options: "-id:", operands: "any" } },
  },
  destroy: once(destroys, actsOnService),
  "apply import refresh taint untaint init workspace login": once(actsOnService, plugins),
};

export const servicePrograms: readonly Program[] = [
  { names: "gh", does: [], commands: gh, bare: [readsService], otherwise: actsOnService },
  {
    names: "terraform tofu",
    style: "go",
    does: [],
    options: "-chdir:",
    commands: infrastructure,
    bare: [readsService],
    otherwise: actsOnService,
  },
  {
    names:
      "glab hub aws gcloud az doctl heroku vercel netlify fly flyctl wrangler pulumi ansible ansible-playbook helm",
    does: [actsOnService],
    operands: "anything",
    once: true,
  },
  {
    names: "security gpg gpg2 pass op bw vault ssh-add ssh-keygen keychain secret-tool",
    does: [usesKeys],
    operands: "anything",
    once: true,
  },
];
