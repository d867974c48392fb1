import type { Risk } from "../contract.ts";
import { risk } from "./risk.ts";

const downloads = risk(
  "network",
  "medium",
  "downloads packages",
  "It gets packages from a registry on the network.",
);
const installScripts = risk(
  "runs_code",
  "medium",
  "runs install scripts",
  "Packages may run code of their own while they are installed.",
);
const projectScripts = risk(
  "runs_code",
  "medium",
  "runs the project's scripts",
  "What runs is written in the project's own files, which agents can change.",
);
const changesPackages = risk(
  "writes",
  "low",
  "changes installed packages",
  "It adds, changes or removes packages.",
);
const systemPackages = risk(
  "writes",
  "high",
  "changes the system's packages",
  "It installs or removes software for the whole machine.",
);
const publishes = risk(
  "network",
  "high",
  "publishes a package",
  "Others can download it from then on, and it can't be taken back for long.",
);
const fetchesAndRuns = risk(
  "runs_code",
  "high",
  "downloads and runs a program",
  "If the program is not installed yet, it is fetched from the network and run at once.",
);
const looks = risk("reads", "low", "reads package information", "It only looks packages up.");

interface Manager {
  readonly installs: readonly string[];
  readonly runs: readonly string[];
  readonly fetchesAndRuns?: readonly string[];
  readonly publishes?: readonly string[];
  readonly looks?: readonly string[];
  /** With no command at all. */
  readonly bare: "installs" | "looks";
  readonly system?: true;
}

const node: Manager = {
  installs: [
    "install",
    "i",
    "add",
    "ci",
    "update",
    "up",
    "upgrade",
    "remove",
    "rm",
    "uninstall",
    "un",
    "link",
    "rebuild",
    "dedupe",
    "import",
    "init",
    "create",
    "audit",
  ],
  runs: ["run", "run-script", "test", "t", "start", "stop", "restart", "build", "pack", "task"],
  fetchesAndRuns: ["exec", "x", "dlx"],
  publishes: [
    "publish",
    "unpublish",
    "deprecate",
    "dist-tag",
    "owner",
    "access",
    "token",
    "login",
    "adduser",
  ],
  looks: [
    "ls",
    "list",
    "view",
    "info",
    "show",
    "outdated",
    "why",
    "explain",
    "root",
    "prefix",
    "config",
    "help",
    "search",
  ],
  bare: "looks",
};
const system: Manager = {
  installs: [
    "install",
    "remove",
    "purge",
    "upgrade",
    "dist-upgrade",
    "full-upgrade",
    "autoremove",
    "update",
    "add",
    "del",
    "uninstall",
    "reinstall",
  ],
  runs: [],
  looks: ["list", "search", "show", "info", "policy"],
  bare: "looks",
  system: true,
};

const managers: Readonly<Record<string, Manager>> = {
  npm: node,
  pnpm: node,
  yarn: { ...node, bare: "installs" },
  bun: node,
  npx: { installs: [], runs: [], bare: "looks" },
  pip: {
    installs: ["install", "uninstall", "download", "wheel"],
    runs: [],
    looks: ["list", "show", "freeze", "check", "index"],
    bare: "looks",
  },
  uv: {
    installs: ["add", "remove", "sync", "lock", "pip", "venv", "tool", "python", "init", "build"],
    runs: ["run"],
    publishes: ["publish"],
    bare: "looks",
  },
  poetry: {
    installs: ["install", "add", "remove", "update", "lock", "build"],
    runs: ["run", "shell"],
    publishes: ["publish"],
    looks: ["show", "check", "env", "version"],
    bare: "looks",
  },
  gem: {
    installs: ["install", "update", "uninstall"],
    runs: ["exec"],
    publishes: ["push", "yank"],
    looks: ["list", "search"],
    bare: "looks",
  },
  bundle: {
    installs: ["install", "update", "add", "remove"],
    runs: ["exec"],
    looks: ["list", "show", "outdated"],
    bare: "installs",
  },
  cargo: {
    installs: ["install", "add", "update", "fetch", "uninstall", "remove"],
    runs: ["build", "run", "test", "check", "bench", "clippy", "b", "r", "t", "c", "doc"],
    publishes: ["publish", "yank", "login", "owner"],
    looks: ["tree", "metadata", "search", "version"],
    bare: "looks",
  },
  go: {
    installs: ["get", "install", "mod", "work"],
    runs: ["run", "test", "generate", "build", "tool"],
    looks: ["version", "env", "list", "doc", "vet", "fmt", "help"],
    bare: "looks",
  },
  brew: { ...system, looks: ["list", "search", "info", "outdated", "doctor"] },
  apt: system,
  "apt-get": system,
  dnf: system,
  yum: system,
  apk: system,
  zypper: system,
  snap: system,
  winget: system,
  choco: system,
};

const launchers = new Set(["npx", "pnpx", "bunx", "uvx", "pipx"]);

/** Null if the program manages no packages. */
export function packageManagerRisks(program: string, args: readonly string[]): Risk[] | null {
  if (launchers.has(program)) return [fetchesAndRuns, downloads];
  if (program === "pacman") return /^-[SRU]/.test(args[0] ?? "") ? [systemPackages, downloads] : [looks];
  const name = program.replace(/^pip[\d.]+$/, "pip");
  const manager = Object.hasOwn(managers, name) ? managers[name] : undefined;
  if (manager === undefined) return null;
  const command = args.find((word) => !word.startsWith("-")) ?? "";
  if (command === "")
    return manager.bare === "installs" && args.length === 0 ? installing(manager, args) : [looks];
  if (manager.looks?.includes(command) === true) return [looks];
  if (manager.publishes?.includes(command) === true) return [publishes];
  if (manager.fetchesAndRuns?.includes(command) === true) return [fetchesAndRuns, downloads];
  if (manager.installs.includes(command)) return installing(manager, args);
  // Anything else is most likely a script of the project: `yarn lint`, `npm t`.
  return [projectScripts];
}

function installing(manager: Manager, args: readonly string[]): Risk[] {
  if (manager.system === true) return [systemPackages, downloads, installScripts];
  const silent = args.includes("--ignore-scripts");
  const everywhere = args.includes("-g") || args.includes("--global");
  return [
    ...(everywhere
      ? [
          risk(
            "writes",
            "high",
            "installs for the whole machine",
            "It changes programs outside of this project.",
          ),
        ]
      : []),
    downloads,
    ...(silent ? [] : [installScripts]),
    changesPackages,
  ];
}
