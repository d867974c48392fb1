import { placesIn } from "./form.ts";
import type { Form, Use } from "./form.ts";
import { reads } from "./git-effects.ts";
import { prints } from "./git-prints.ts";

/** How differences are shown. Not here: `--output` writes, `--ext-diff` and `--textconv` run programs. */
export const diffOptions = `-p -u --patch -s --no-patch -U:n --unified:n --raw --patch-with-raw --stat?: --numstat --shortstat
  --dirstat?: --summary --name-only --name-status --color?: --no-color --color-words?: --word-diff?: --no-renames -M?: -C?: -B?:
  --find-renames?: --find-copies?: --minimal --patience --histogram --diff-algorithm: -a --text -w --ignore-all-space -b
  --ignore-space-change --ignore-blank-lines --ignore-space-at-eol -R -z --full-index --abbrev?: --binary --check --diff-filter:
  -S: -G: --pickaxe-regex --relative?: --exit-code --quiet --no-ext-diff --no-textconv --no-prefix --cc -c -m --function-context
  -W --inter-hunk-context:n --submodule?: --compact-summary`;
export const logOptions = `${diffOptions} -# -n: --max-count:n --skip:n --since: --after: --until: --before: --author: --committer: --grep:
  --all-match --invert-grep -i -E -F -P --oneline --graph --decorate?: --no-decorate --pretty?: --format: --date: --all
  --branches?: --tags?: --remotes?: --first-parent --merges --no-merges --reverse --follow -L: --left-right --cherry-pick
  --cherry-mark --no-walk?: --topo-order --date-order --author-date-order --source --ancestry-path --simplify-by-decoration
  --full-history --abbrev-commit --no-abbrev-commit --parents --children --boundary --show-signature --notes?: --no-notes
  --stdin --count --objects --min-parents:n --max-parents:n -g --walk-reflogs --relative-date --expand-tabs?: --clear-decorations`;

export const look = (options: string, printing?: Form["prints"]): Form => ({
  does: [reads],
  options,
  operands: "any",
  ...(printing === undefined ? {} : { prints: printing }),
});

/** Differences of submodules are looked up in there, where nobody has looked. */
const lookAtDifferences = (options: string, printing: Form["prints"]): Form => ({
  ...look(options, printing),
  check: (use) => (use.values("--submodule").includes("diff") ? null : []),
});

/** The log, or a list of commits that is shown like it. */
const logForm = lookAtDifferences(logOptions, prints.log);
/** The same of what references once stood for. */
export const referencesForm = lookAtDifferences(logOptions, prints.references);
/** Whatever a reference stands for may be put into such a list. */
export const showsContents = (use: Use): boolean =>
  use.values("--format").some((format) => /raw/i.test(format));

const comparing = `${diffOptions} --cached --staged --merge-base --no-index -r --root -t --theirs --ours --base`;

/** Commands of git that only look. */
export const gitReaders: Readonly<Record<string, Form>> = {
  status: look(
    "-s --short -b --branch --show-stash --porcelain?: --long -v --verbose -u?: --untracked-files?: --ignored?: -z --no-renames --renames --ahead-behind --no-ahead-behind --column?: --no-column",
    prints.status,
  ),
  "log whatchanged": logForm,
  show: lookAtDifferences(logOptions, prints.show),
  diff: {
    ...lookAtDifferences(comparing, prints.diff),
    // With a path elsewhere it compares what is there as well, whether git knows it or not.
    below: (use) =>
      use.has("--no-index") || use.operands.some(({ text }) => /^[/~]|^\.\.(\/|$)/.test(text))
        ? placesIn(use.operands)
        : [],
  },
  "diff-index diff-files": lookAtDifferences(comparing, prints.plumbing),
  "diff-tree": lookAtDifferences(comparing, prints.trees),
  "blame annotate": look(
    "-L: -l -t -s -e -w -M?: -C?: -f -n -p --porcelain --line-porcelain --date: --since: --abbrev:n -c --root --show-email",
  ),
  grep: {
    ...look(
      "-n --line-number -i --ignore-case -w --word-regexp -v --invert-match -l --files-with-matches -L --files-without-match --name-only -c --count -h -H -E --extended-regexp -F --fixed-strings -P --perl-regexp -G --basic-regexp -e: -A:n -B:n -C:n -# --cached --untracked --no-index --and --or --not --all-match -q --quiet -o --only-matching --max-depth:n --heading --break --color?: --no-color -I -a --text -z --full-name --column -p --show-function -W --function-context -m:n",
      prints.grep,
    ),
    // Without these it reads only what is committed, or about to be.
    below: (use) => {
      const isNamed = use.has("-e", "--and", "--or");
      return use.has("--untracked", "--no-index")
        ? placesIn(isNamed ? use.operands : use.operands.slice(1))
        : [];
    },
  },
  "ls-files": look(
    "-c --cached -d --deleted -m --modified -o --others -i --ignored -s --stage -u --unmerged -k --killed -z -t -v -f --directory --no-empty-directory --exclude-standard -x: --exclude: --full-name --abbrev?: --error-unmatch --eol --deduplicate --format: --recurse-submodules",
  ),
  "ls-tree": look(
    "-d -r -t -l --long -z --name-only --name-status --full-name --full-tree --abbrev?: --format: --object-only",
  ),
  "rev-parse": look(
    "--abbrev-ref?: --short?: --verify -q --quiet --show-toplevel --show-prefix --show-cdup --git-dir --absolute-git-dir --git-common-dir --is-inside-work-tree --is-inside-git-dir --is-bare-repository --is-shallow-repository --symbolic --symbolic-full-name --all --branches?: --tags?: --remotes?: --not --git-path: --show-superproject-working-tree --sq --show-object-format?:",
  ),
  "rev-list": look(logOptions),
  describe: look(
    "--tags --all --always --long --abbrev:n --dirty?: --broken?: --match: --exclude: --exact-match --contains --candidates:n --first-parent",
  ),
  shortlog: look(`-s --summary -n --numbered -e --email -c --committer -w?: --group: ${logOptions}`),
  "cat-file": {
    ...look(
      "-t -s -e -p --batch-check?: --batch?: --batch-all-objects --unordered --buffer --follow-symlinks",
      prints.objects,
    ),
    // What it shows is named by its input, so a file with secrets would be in no word.
    check: (use) => (use.has("--batch") ? null : []),
  },
  "merge-base": look("-a --all --octopus --independent --is-ancestor --fork-point"),
  "name-rev": look("--tags --refs: --exclude: --all --name-only --always --stdin --no-undefined"),
  "show-ref": look(
    "--head -d --dereference -s --hash?: --verify --abbrev?: --tags --heads --branches -q --quiet --exists",
  ),
  "for-each-ref": {
    ...look(
      "--count:n --sort: --format: --points-at: --merged?: --no-merged?: --contains?: --no-contains?: --ignore-case --exclude: --color?:",
    ),
    check: (use) => (showsContents(use) ? null : []),
  },
  "count-objects": look("-v --verbose -H --human-readable"),
  "check-ignore check-attr": look(
    "-q --quiet -v --verbose -z -n --non-matching --no-index --stdin -a --all --cached --source:",
  ),
  "range-diff": lookAtDifferences(
    `${diffOptions} --creation-factor:n --no-dual-color --left-only --right-only`,
    prints.ranges,
  ),
  archive: {
    ...look(
      "--format: -v --verbose --prefix: -l --list -o:out --output:out --worktree-attributes -#",
      prints.archive,
    ),
    once: true,
  },
  "version help": look("--build-options -a --all"),
  "hash-object": look("-t: --stdin --no-filters --path:"),
  "symbolic-ref": {
    ...look("-q --quiet --short"),
    check: ({ operands }) => (operands.length === 1 ? [] : null),
  },
  "verify-commit verify-tag": look("-v --verbose --raw"),
  cherry: look("-v --verbose --abbrev?:"),
};
