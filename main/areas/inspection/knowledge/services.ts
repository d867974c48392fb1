import type { Risk } from "../contract.ts";
import { risk } from "../risks/risk.ts";
import { actsOnService, projectPlugins, readsService, usesKeys } from "./effects.ts";
import type { Form, Program, Use } from "./form.ts";
import { givenBy, named, namedAll } from "./names.ts";

const GONE = "What it names is gone for everybody.";

/** "issue 12 of owner/name on GitHub" */
const deletesAtHub =
  (what: string) =>
  (use: Use): readonly Risk[] => {
    const [name] = use.operands.map(({ text }) => text);
    const repository = givenBy(use, "-R", "--repo");
    const of = repository === undefined || what === "repository" ? "" : ` of ${named(repository)}`;
    const which = name === undefined ? `this folder's ${what}` : `${what} ${named(name)}`;
    return [
      risk(
        "deletes",
        "high",
        use.isKnown ? `deletes ${which}${of} on GitHub` : `deletes a ${what} on GitHub`,
        GONE,
      ),
    ];
  };
const removing = (what: string): Form => ({
  does: [],
  options: "-R: --repo: -y --yes --confirm --cleanup-tag -a --all",
  operands: "any",
  once: true,
  check: deletesAtHub(what),
});

/** Any call of the hub's API, told apart by its method. */
function apiCall(use: Use): readonly Risk[] | null {
  const [path = "", ...more] = use.operands.map(({ text }) => text);
  const sends = use.has("-f", "-F", "--raw-field", "--field", "--input");
  const method = (use.values("-X", "--method").at(-1) ?? (sends ? "POST" : "GET")).toUpperCase();
  if (!use.isKnown || more.length > 0) return null;
  if (method === "GET" && !sends && !/(^|\/)graphql/.test(path)) return [readsService];
  if (method === "DELETE") return [risk("deletes", "high", `deletes ${named(path)} on GitHub`, GONE)];
  return [{ ...actsOnService, text: `sends ${named(method)} ${named(path)} to GitHub` }];
}

/** "destroys aws_instance.web in infra" */
function destroys(use: Use): readonly Risk[] {
  const targets = use.values("-target");
  const folder = givenBy(use, "-chdir");
  const what = targets.length === 0 ? "everything that the state manages" : namedAll(targets);
  const where = folder === undefined ? "" : ` in ${named(folder)}`;
  return [
    risk(
      "deletes",
      "high",
      `destroys ${what}${where}`,
      "Machines, data and addresses it manages are taken down.",
    ),
  ];
}
const unseen = risk(
  "network",
  "high",
  "applies changes without showing them first",
  "What is created, changed and destroyed is found out while it happens.",
);
const showsState = risk(
  "reads",
  "medium",
  "may show secrets of the infrastructure",
  "The state keeps passwords as they are.",
);

const plans = risk(
  "network",
  "medium",
  "asks services what would change",
  "It uses your login and runs the providers' plug-ins.",
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
      delete: removing("issue"),
    },
  },
  run: {
    does: [],
    options: hub,
    commands: {
      "list view watch": look("-j: --job: -v --verbose"),
      "cancel rerun download": acting,
      delete: removing("run"),
    },
  },
  "release label workflow cache ruleset": {
    does: [],
    options: hub,
    commands: {
      "list view": look(),
      "create edit upload download run enable disable": acting,
      delete: removing("release, label or workflow"),
    },
  },
  repo: {
    does: [],
    options: hub,
    commands: {
      "list view": look(),
      "create fork clone edit sync archive rename set-default": acting,
      delete: removing("repository"),
    },
  },
  search: {
    does: [readsService],
    operands: "any",
    options: `${hub} --owner: --language: --state: --sort: --order: --match:`,
  },
  api: {
    does: [],
    options:
      "-X: --method: -H: --header: -q: --jq: -t: --template: --paginate --slurp -i --include --hostname: --cache: -p: --preview: --silent -f: -F: --raw-field: --field: --input:file",
    operands: "any",
    once: "high",
    check: apiCall,
  },
  "secret variable ssh-key gpg-key": {
    does: [],
    options: hub,
    commands: {
      list: look("-e: --env: -o: --org:"),
      "set add": once(usesKeys, actsOnService),
      "delete remove": removing("secret or key"),
    },
  },
  auth: {
    does: [],
    commands: {
      status: look(),
      "login logout refresh token setup-git switch": once(usesKeys, actsOnService),
    },
  },
};

const applyOptions =
  "-auto-approve -target: -var: -var-file:file -lock: -lock-timeout: -no-color -input: -refresh: -parallelism:n -state: -json -compact-warnings";

/** A plan runs the providers' plug-ins and data sources. */
const infrastructure: Readonly<Record<string, Form>> = {
  "version providers graph": { does: [projectPlugins], options: "-json", operands: "none" },
  "validate fmt": {
    does: [
      projectPlugins,
      risk("writes", "low", "may tidy files", "Some checkers rewrite the files that they check."),
    ],
    options: "-json -no-color -check -diff -recursive -write: -list:",
    operands: "any",
  },
  "show output": {
    does: [showsState, projectPlugins],
    options: "-json -no-color -raw -state:",
    operands: "any",
  },
  plan: {
    does: [plans, projectPlugins],
    options:
      "-json -no-color -out:out -var: -var-file:file -target: -refresh: -input: -lock: -lock-timeout: -detailed-exitcode -compact-warnings -raw -parallelism:n -refresh-only",
    operands: "any",
  },
  state: {
    does: [plans, projectPlugins],
    commands: { "list show": { does: [], options: "-id:", operands: "any" } },
  },
  destroy: {
    does: [projectPlugins],
    options: applyOptions,
    operands: "any",
    once: true,
    check: destroys,
  },
  apply: {
    does: [actsOnService, projectPlugins],
    options: `${applyOptions} -destroy -replace:`,
    operands: "any",
    once: true,
    check: (use) => [
      ...(use.has("-destroy") ? destroys(use) : []),
      ...(use.has("-auto-approve") ? [unseen] : []),
    ],
  },
  "import refresh taint untaint init workspace login": once(actsOnService, projectPlugins),
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
    names: "security gpg gpg2 pass op bw vault ssh-add ssh-keygen keychain secret-tool",
    does: [usesKeys],
    operands: "anything",
    once: true,
  },
];
