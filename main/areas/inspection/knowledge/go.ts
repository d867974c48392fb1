import { risk } from "../risks/risk.ts";
import {
  asksRegistry,
  changesPackages,
  downloads,
  installScripts,
  printsAboutItself,
  projectCode,
  projectSettings,
  publishes,
  readsPackages,
  runsOthers,
} from "./effects.ts";
import type { Form, Program } from "./form.ts";

/** Not here: `-exec`, `-toolexec`, `-vettool` and `-overlay`, which name programs or change the sources. */
const build =
  "-a -n -p:n -race -msan -asan -cover -covermode: -coverpkg: -v -work -x -buildmode: -buildvcs: -compiler: -tags: -trimpath -mod: -modcacherw -pgo:";
const formats = risk(
  "writes",
  "medium",
  "rewrites the files it formats",
  "It changes how sources are laid out.",
);
const starts = risk(
  "runs_code",
  "low",
  "starts tools of the toolchain",
  "Which one runs depends on settings of the project.",
);
const builds: Form = { does: [projectCode], options: `${build} -o:out -i`, operands: "any" };
const writesModules = risk("writes", "low", "changes the list of modules", "It rewrites go.mod and go.sum.");

export const goPrograms: readonly Program[] = [
  {
    names: "go",
    style: "go",
    does: [],
    otherwise: runsOthers,
    commands: {
      version: { does: [readsPackages, starts], options: "-m -v", operands: "any" },
      env: {
        does: [readsPackages, starts],
        options: "-json -changed",
        operands: "any",
        check: ({ operands }) => (operands.every(({ text }) => /^[A-Z0-9_]+$/.test(text)) ? [] : null),
      },
      "list doc help": {
        does: [readsPackages, starts],
        options: `${build} -m -json -f: -deps -e -test -versions -u -all -src -short -cmd -c -find -compiled -export -retracted`,
        operands: "any",
      },
      vet: { does: [projectCode], options: `${build} -json -c:n`, operands: "any" },
      fmt: { does: [formats, starts], options: "-n -x -mod:", operands: "any" },
      fix: { does: [formats, starts], options: "-fix:", operands: "any" },
      "build install": builds,
      test: {
        does: [projectCode],
        options: `${build} -run: -bench: -benchtime: -benchmem -count:n -cpu: -failfast -list: -parallel:n -short -shuffle: -skip: -timeout: -json -coverprofile:out -fuzz: -fuzztime: -c -o:out -vet: -args -fullpath -artifacts`,
        operands: "any",
        check: (use) => (use.has("-args") ? null : []),
      },
      generate: {
        does: [projectCode, runsOthers],
        options: "-run: -skip: -v -n -x",
        operands: "any",
        once: true,
      },
      run: { does: [projectCode, runsOthers], operands: "any", once: true },
      tool: { does: [runsOthers], operands: "any", once: true },
      get: {
        does: [downloads, changesPackages, writesModules],
        options: `${build} -u -t -d`,
        operands: "any",
      },
      mod: {
        does: [],
        commands: {
          "tidy download vendor": {
            does: [downloads, changesPackages, writesModules],
            options: "-v -x -e -compat: -go: -json -o:",
            operands: "any",
          },
          "graph why verify": { does: [readsPackages], options: "-m -vendor -go: -x", operands: "any" },
          init: { does: [writesModules], operands: "any" },
        },
      },
      clean: {
        does: [risk("deletes", "medium", "deletes what was built", "It can be built again.")],
        options: "-i -r -n -x -cache -testcache -fuzzcache",
        operands: "any",
        check: (use) => (use.has("-i") ? null : []),
      },
    },
    bare: [readsPackages],
  },
  {
    names: "gofmt goimports gofumpt",
    style: "go",
    does: [],
    options: "-l -d -s -e -local:",
    also: { "-w": [formats] },
    operands: "any",
    check: (use) =>
      use.has("-w") ? [] : [risk("reads", "low", "reads only", "It prints how sources would be laid out.")],
  },
  {
    names: "cargo",
    does: [projectSettings],
    tells: [printsAboutItself, projectSettings],
    options: "-q --quiet -v --verbose --color: --offline --locked --frozen",
    everywhere: "-q --quiet -v --verbose --color: --offline --locked --frozen --manifest-path:file",
    otherwise: runsOthers,
    commands: {
      "build b check c test t bench clippy doc": {
        does: [projectCode],
        options:
          "-r --release -p: --package: --workspace --all --exclude: --lib --bin: --bins --example: --examples --test: --tests --bench: --benches --all-targets -F: --features: --all-features --no-default-features --target: --profile: -j:n --jobs:n --message-format: --no-run --no-fail-fast --doc --open --no-deps --keep-going --document-private-items --timings?:",
        operands: "any",
        check: (use) => (use.has("--open") ? null : []),
      },
      "run r": {
        does: [projectCode],
        options:
          "-r --release -p: --package: --bin: --example: -F: --features: --all-features --no-default-features --target: --profile:",
        operands: "any",
      },
      fmt: { does: [formats], options: "--all --check -p: --package:" },
      "add update fetch remove": {
        does: [downloads, changesPackages],
        options:
          "--dev --build --optional --no-optional -F: --features: --no-default-features --default-features -p: --package: --precise: --aggressive -n --dry-run --rename: --target: --recursive --workspace",
        operands: "any",
      },
      "install uninstall": {
        does: [downloads, installScripts, { ...changesPackages, level: "high" }],
        options: "--version: --force -f --locked --bin: --root: --features: -F: --all-features",
        operands: "any",
      },
      "tree metadata search version": {
        does: [readsPackages, asksRegistry],
        options:
          "-i: --invert: -e: --edges: --depth: -d --duplicates -p: --package: --workspace --prefix: --format-version: --no-deps -F: --features: --all-features --no-default-features --filter-platform: --limit:n --target:",
        operands: "any",
      },
      clean: {
        does: [risk("deletes", "medium", "deletes what was built", "It can be built again.")],
        options: "-p: --package: --release -r --doc --target: --profile:",
      },
      "publish yank login owner": { does: [publishes], operands: "any", once: true },
    },
    bare: [readsPackages],
  },
];
