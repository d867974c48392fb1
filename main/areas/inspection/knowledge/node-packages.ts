import type { Risk } from "../contract.ts";
import {
  asksRegistry,
  changesPackages,
  downloads,
  fetchesAndRuns,
  installScripts,
  printsAboutItself,
  projectScripts,
  projectSettings,
  publishes,
  readsPackages,
  runsOthers,
  wholeMachine,
} from "./effects.ts";
import type { Form, Program, Use } from "./form.ts";

/**
 * Not here: `--script-shell`, `--shell`, `--node-options`, `--git`, `--editor`, `--browser`, `--viewer`, `-c`, `--call`,
 * and everything that names another configuration. They all name something that is run.
 */
const everywhere = `-s --silent -q --quiet -d --verbose --loglevel: --color?: --no-color --json --no-progress --progress
  -w: --workspace: --workspaces -ws --include-workspace-root -r --recursive --filter: -F: --if-present --no-fund --no-audit
  --no-update-notifier --offline --prefer-offline --prefer-online --dry-run --yes -y --long -l --parseable -p --depth:n --parallel
  --stream --reporter: --no-bail --workspace-root --top-level`;
const installOptions = `-D --save-dev -P --save-prod -O --save-optional -E --save-exact --save --no-save -S -B --save-bundle --save-peer
  --legacy-peer-deps --strict-peer-deps --force -f --omit: --include: --production --prod --dev -N --frozen-lockfile
  --no-frozen-lockfile --immutable --package-lock-only --no-package-lock --install-strategy: --exact --optional --peer --latest -L
  --no-optional --prefer-dedupe --ignore-engines --pure-lockfile --check-files --mode: --lockfile-only --fix-lockfile --no-bin-links -a --all`;

/** A package by its name and range in the registry. Addresses, files and aliases are asked each time. */
const packageName = /^(@[\w.-]+\/)?[\w][\w.-]*(@[\w.^~<>=*|-]+)?$/;

const installing = (use: Use): readonly Risk[] | null => {
  if (!use.operands.every(({ text }) => packageName.test(text))) return null;
  const isSilent = use.has("--ignore-scripts");
  const isGlobal = use.has("-g", "--global");
  return [
    ...(isGlobal ? [wholeMachine] : []),
    downloads,
    ...(isSilent ? [] : [installScripts]),
    changesPackages,
  ];
};
const install: Form = {
  does: [],
  options: `${installOptions} -g --global --ignore-scripts`,
  operands: "any",
  check: installing,
};
const looks = (options = ""): Form => ({ does: [readsPackages], options, operands: "any" });
/** What is behind the script's name, or behind `--`, is for the script. */
const runsScripts: Form = { does: [projectScripts], operands: "any" };
/** In which package.json it is written then, only npm knows. */
const isElsewhere = (use: Use): boolean =>
  use.hasAround(
    "-w",
    "--workspace",
    "--workspaces",
    "-ws",
    "-r",
    "--recursive",
    "--filter",
    "-F",
    "--include-workspace-root",
    "--workspace-root",
    "--top-level",
  );
const named: Form = {
  ...runsScripts,
  packageScripts: (use) => (isElsewhere(use) ? [] : use.operands.slice(0, 1).map(({ text }) => text)),
  check: ({ operands }) => (operands.length > 0 ? [] : null),
};
const ofName = (name: string): Form => ({
  ...runsScripts,
  packageScripts: (use) => (isElsewhere(use) ? [] : [name]),
});

const common: Readonly<Record<string, Form>> = {
  "install i add ci update up upgrade remove rm uninstall un r dedupe prune": install,
  "run run-script": named,
  "test t tst": ofName("test"),
  start: ofName("start"),
  stop: ofName("stop"),
  restart: runsScripts,
  "ls list ll la why explain": looks(
    "-a --all -g --global --prod --production --dev -D -P --depth:n --omit: --include: --link --package-lock-only --recursive --pattern:",
  ),
  "view info show v search outdated": {
    ...looks("--registry-info --fields: --searchlimit:n -g --global --prod --dev -D -P"),
    does: [readsPackages, asksRegistry],
  },
  "root prefix bin": looks("-g --global"),
  "publish unpublish deprecate dist-tag owner access token login logout adduser": {
    does: [publishes],
    operands: "any",
    once: true,
  },
  "exec x dlx create init": { does: [fetchesAndRuns, downloads], operands: "any", once: true },
  "link unlink rebuild import config set cache doctor pack version": {
    does: [runsOthers],
    operands: "any",
    once: true,
  },
};

export const nodePackagePrograms: readonly Program[] = [
  {
    names: "npm",
    everywhere,
    does: [],
    options: everywhere,
    commands: {
      ...common,
      audit: {
        ...looks("--omit: --audit-level: --production"),
        does: [downloads],
        check: ({ operands }) => (operands.length === 0 ? [] : null),
      },
      query: looks(),
    },
    bare: [readsPackages],
    otherwise: runsOthers,
    about: "-v -h",
  },
  {
    names: "pnpm",
    everywhere,
    does: [projectSettings],
    tells: [printsAboutItself, projectSettings],
    options: everywhere,
    commands: {
      ...common,
      audit: { ...looks("--prod --dev --audit-level:"), does: [downloads] },
      licenses: looks(),
    },
    bare: [readsPackages],
    otherwise: runsOthers,
    about: "-v -h",
  },
  {
    names: "yarn",
    everywhere,
    does: [projectSettings],
    tells: [printsAboutItself, projectSettings],
    options: everywhere,
    commands: {
      ...common,
      audit: { ...looks(), does: [downloads] },
      "lint build check typecheck": runsScripts,
    },
    bare: [downloads, installScripts, changesPackages],
    otherwise: runsOthers,
    about: "-v -h",
  },
  {
    names: "bun",
    everywhere: "--silent --verbose --no-progress --dry-run",
    does: [],
    options: "--silent --verbose",
    commands: {
      "install i add remove rm update": {
        ...install,
        options:
          "-d -D --dev --optional --peer -E --exact -g --global --ignore-scripts --frozen-lockfile --production -p --no-save --force -f",
      },
      // Only a path is surely a file: a bare word may also be a script of package.json or a command.
      run: {
        does: [],
        runs: { kind: "script" },
        check: ({ operands }) => (/^\.{0,2}\//.test(operands[0]?.text ?? "") ? [] : null),
      },
      test: {
        does: [projectScripts],
        options: "-t: --test-name-pattern: --timeout:n --bail?: --coverage --only --todo --rerun-each:n",
        operands: "any",
      },
      pm: { does: [], commands: { "ls bin hash": looks("--all -g") } },
      outdated: looks(),
      build: {
        does: [projectScripts],
        options: "--outdir:out --outfile:out --target: --format: --minify --sourcemap?: --splitting --watch",
        operands: "any",
      },
      "publish x exec create link upgrade eval": {
        does: [fetchesAndRuns, downloads],
        operands: "any",
        once: true,
      },
    },
    bare: [readsPackages],
    otherwise: runsOthers,
    about: "-v -h --revision",
  },
];
