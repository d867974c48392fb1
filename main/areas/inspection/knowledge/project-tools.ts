import { projectBuild, projectSettings, projectTests, runsOthers, tidiesFiles } from "./effects.ts";
import type { Program } from "./form.ts";

/** Tools that a project brings along. What they run is written in the project, so they are never covered widely. */

export const nodeTools =
  "eslint oxlint biome tsc prettier vitest jest mocha ava vite tsx ts-node esbuild rollup webpack tsup knip stylelint";
export const pythonTools = "pytest ruff black isort mypy pyright flake8 tox nox";
export const rubyTools = "rspec rubocop rake";

const targets = /^[\w./:%@+-]+$/;

export const projectPrograms: readonly Program[] = [
  {
    names: "eslint oxlint biome stylelint knip",
    does: [projectSettings, tidiesFiles],
    options:
      "--fix --fix-dry-run --fix-type: --ext: --ignore-pattern: --no-ignore --quiet --max-warnings:n --color --no-color --cache --no-error-on-unmatched-pattern --report-unused-disable-directives --no-warn-ignored -D: -A: -W: --deny-warnings --silent --write --check --staged --changed",
    operands: "any",
  },
  {
    names: "tsc",
    does: [projectSettings, tidiesFiles],
    options:
      "-b --build -p:file --project:file --noEmit --pretty?: --watch -w --incremental --skipLibCheck --strict --listFiles --showConfig --traceResolution --force --verbose --clean --dry --declaration --emitDeclarationOnly --target: --module: --outDir:out --extendedDiagnostics --diagnostics",
    operands: "any",
  },
  {
    names: "prettier",
    does: [projectSettings, tidiesFiles],
    options:
      "-c --check -w --write -l --list-different --log-level: --ignore-unknown -u --no-config --no-editorconfig --cache --print-width:n --tab-width:n --single-quote --no-semi --parser: --stdin-filepath: --ignore-path:file",
    operands: "any",
  },
  {
    names: "ruff black isort mypy pyright flake8 rubocop shellcheck golangci-lint rustfmt clang-format",
    does: [projectSettings, tidiesFiles],
    options:
      "-q --quiet -v --verbose --check --diff --fix --unsafe-fixes --no-fix -l:n --line-length:n --select: --ignore: --extend-select: --exclude: --output-format: --strict --ignore-missing-imports --show-error-codes --no-cache --statistics --watch -a -A --auto-correct --autocorrect -s: -e: -x -S: -i --profile:",
    operands: "any",
  },
  {
    names: "pytest",
    does: [projectTests],
    options:
      "-q --quiet -v --verbose -vv -x --exitfirst -k: -m: -s --capture: --tb: --maxfail:n --lf --last-failed --ff --failed-first --sw --stepwise -n: --durations:n --co --collect-only --cov?: --cov-report: --no-cov --no-header --no-summary -r: --color: --disable-warnings -W: --junitxml:out --timeout:n --deselect: --ignore: -l --showlocals --strict-markers --pdb",
    operands: "any",
    otherwise: runsOthers,
    check: (use) => (use.has("--pdb") ? null : []),
  },
  {
    names: "vitest jest mocha ava rspec phpunit ctest playwright cypress",
    does: [projectTests],
    options:
      "--run --watch --no-watch -t: --testNamePattern: -g: --grep: --bail?: --coverage --silent --verbose -u --update --reporter: --changed?: -i --runInBand --ci --maxWorkers: --testTimeout:n --testPathPattern: --watchAll?: --forceExit --detectOpenHandles --project: --shard: --passWithNoTests --no-color --color --fgrep: -x --exit --timeout:n --workers: --retries:n --headed --output-on-failure -R: -V -j:n --fail-fast",
    operands: "any",
    otherwise: runsOthers,
    // A reporter may be a file of its own.
    check: (use) => (use.values("--reporter", "-R").every((name) => /^[a-z-]+$/.test(name)) ? [] : null),
  },
  {
    names: "make gmake",
    does: [projectBuild],
    options:
      "-j?:n --jobs?:n -k --keep-going -s --silent --quiet -n --dry-run --just-print -B --always-make -i --ignore-errors -q --question -w --print-directory --no-print-directory -C: --directory: -f:file --file:file --makefile:file -l?:n -O?: --output-sync?: -r -R -t --touch --trace --debug?: -d -p -S",
    operands: "any",
    // Also `SHELL=x` is a word without a dash.
    check: ({ operands }) => (operands.every(({ text }) => targets.test(text)) ? [] : null),
    otherwise: runsOthers,
    about: "-v -h",
  },
  {
    names: "just task rake ninja meson ant bazel tox nox invoke gradle gradlew mvn cmake",
    does: [projectBuild],
    options:
      "-j?:n -k -n -q --quiet -v --verbose -s --silent -C: -l --list --dry-run --build: --target: --parallel?:n --config: -B -o --offline --clean --info --stacktrace --no-daemon --continue",
    operands: "any",
    check: ({ operands }) => (operands.every(({ text }) => targets.test(text)) ? [] : null),
    otherwise: runsOthers,
  },
  {
    names: "vite esbuild rollup webpack tsup protoc",
    does: [projectBuild],
    options:
      "--bundle --minify --watch -w --mode: --format: --platform: --target: --sourcemap?: --outfile:out --outdir:out -c --silent --port:n --host?:",
    operands: "any",
  },
];
