import type { Risk } from "../contract.ts";
import {
  asksRegistry,
  changesPackages,
  downloads,
  installScripts,
  projectScripts,
  projectSettings,
  publishes,
  readsPackages,
  runsOthers,
  systemPackages,
  tidiesFiles,
} from "./effects.ts";
import type { Form, Program, Use } from "./form.ts";
import { runInBundle, runInPoetry, runInUv } from "./launchers.ts";

const look = (options = ""): Form => ({ does: [readsPackages], options, operands: "any" });
const installs = (options: string): Form => ({
  does: [downloads, installScripts, changesPackages],
  options,
  operands: "any",
});
const once = (...does: readonly Risk[]): Form => ({ does, operands: "any", once: true });

/** A package by its name and version. Addresses, files and folders are asked each time. */
const packageName = /^[A-Za-z0-9][\w.-]*(\[[\w,-]+\])?((==|>=|<=|~=|!=|<|>)[\w.*,<>=!~-]+)?$/;
const namesOnly = ({ operands }: Use) => (operands.every(({ text }) => packageName.test(text)) ? [] : null);

/** Not here: `--index-url` and all else that names another source. */
const pip: Readonly<Record<string, Form>> = {
  "install download wheel": {
    ...installs(
      "-r:file --requirement:file -c:file --constraint:file -U --upgrade -q --quiet -v --user --no-deps --pre --no-cache-dir --force-reinstall --disable-pip-version-check --no-input --progress-bar: --break-system-packages --only-binary: --no-compile --dry-run",
    ),
    check: namesOnly,
  },
  uninstall: { does: [changesPackages], options: "-y --yes -q --quiet", operands: "any", check: namesOnly },
  index: { ...look("--format:"), does: [readsPackages, asksRegistry] },
  "list show freeze check inspect": look(
    "-e --format: --not-required -f --files --local --user --path: -q -v",
  ),
};

const system: Program = {
  names: "apt apt-get aptitude dnf yum apk zypper snap winget choco brew port",
  does: [],
  options: "-q -y -qq",
  commands: {
    "list search show info policy outdated doctor deps": look(
      "--installed --upgradable --cask --formula --json -a -v",
    ),
    "install remove purge upgrade dist-upgrade full-upgrade autoremove update add del uninstall reinstall tap link unlink services cleanup refresh":
      once(systemPackages, downloads, installScripts),
  },
  bare: [readsPackages],
  otherwise: systemPackages,
};

export const packagePrograms: readonly Program[] = [
  {
    names: "pip",
    hasVersions: true,
    does: [],
    options: "-q --quiet -v --verbose --disable-pip-version-check",
    commands: pip,
    bare: [readsPackages],
    otherwise: runsOthers,
    about: "-V -h",
  },
  {
    names: "uv",
    does: [],
    options: "-q --quiet -v --verbose --offline --no-progress --color:",
    commands: {
      "add remove sync lock": {
        ...installs(
          "--dev --frozen --locked -U --upgrade --no-dev --all-extras --extra: --group: --no-sync -q --quiet --check",
        ),
        check: namesOnly,
      },
      pip: { does: [], commands: { ...pip, sync: installs("-q") } },
      "venv init build python": once(downloads, changesPackages),
      tree: {
        ...look("--depth:n --package: --outdated"),
        does: [readsPackages, asksRegistry, projectScripts],
      },
      run: runInUv,
      publish: once(publishes),
      tool: once(runsOthers, downloads),
    },
    bare: [readsPackages],
    otherwise: runsOthers,
    about: "-V",
  },
  {
    names: "poetry",
    does: [projectSettings],
    options: "-q --quiet -v -n --no-interaction --no-ansi",
    commands: {
      "install add remove update lock build": {
        ...installs(
          "--no-root --dev -D -G: --group: --with: --without: --only: --sync --no-update --dry-run -E: --extras: --all-extras",
        ),
        check: namesOnly,
      },
      "show check version": look("--tree -t --latest -l --outdated -o --top-level -T --short -s --lock"),
      run: runInPoetry,
      publish: once(publishes),
      "shell self config source cache env": once(runsOthers),
    },
    bare: [readsPackages],
    otherwise: runsOthers,
    about: "-V -h",
  },
  {
    names: "gem",
    does: [],
    commands: {
      "install update uninstall": {
        ...installs("-v: --version: --no-document -q --user-install --conservative -x -a -I"),
        check: namesOnly,
      },
      "list which environment": look("-a -e -d --local --all --exact"),
      "search info outdated": {
        ...look("-r -l -a -e -d --local --remote --all --exact"),
        does: [readsPackages, asksRegistry],
      },
      "push yank exec": once(publishes),
    },
    bare: [readsPackages],
    otherwise: runsOthers,
    about: "-v -h",
  },
  {
    names: "bundle bundler",
    does: [projectSettings],
    commands: {
      "install update add remove check": installs(
        "--quiet --jobs:n --retry:n --local --all --conservative --group: --version:",
      ),
      "list show info outdated": look("--name-only --paths --path"),
      exec: runInBundle,
    },
    bare: [downloads, installScripts, changesPackages],
    otherwise: runsOthers,
    about: "-v -h",
  },
  system,
  {
    names: "pacman",
    does: [],
    options: "-Q -Qs -Qi -Ql -Qe -Ss -Si",
    operands: "any",
    check: (use) =>
      use.has("-Q", "-Qs", "-Qi", "-Ql", "-Qe", "-Ss", "-Si") ? [readsPackages] : [systemPackages, downloads],
    otherwise: systemPackages,
  },
  {
    names: "dotnet",
    does: [],
    commands: {
      "build test run": {
        does: [projectScripts],
        options:
          "-c: --configuration: --no-build --no-restore -v: --verbosity: --nologo -f: --framework: --filter: --project:file -l:",
        operands: "any",
      },
      format: {
        does: [tidiesFiles, projectScripts],
        options: "--verify-no-changes --no-restore",
        operands: "any",
      },
      "restore add remove": installs("-v: --verbosity: --nologo --no-restore"),
    },
    bare: [readsPackages],
    otherwise: runsOthers,
  },
  {
    names: "composer",
    does: [projectSettings],
    options: "-n -q --no-interaction --quiet --no-ansi",
    commands: {
      "show info why outdated validate licenses": look("--direct -D --tree --latest"),
      "install update require remove": installs("--no-dev --dev --no-scripts -o --prefer-dist --dry-run"),
    },
    otherwise: runsOthers,
  },
];
