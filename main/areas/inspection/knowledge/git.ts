import { runsOthers, unpacks } from "./effects.ts";
import type { Form, Program, Use } from "./form.ts";
import {
  reads,
  readsSettings,
  changes,
  contacts,
  hooks,
  otherRepository,
  rewrites,
  deletesReferences,
  discards,
  deletesFiles,
  deletesUntracked,
  removesObjects,
  changesSettings,
} from "./git-effects.ts";
import { diffOptions, gitReaders, look, referencesForm, showsContents } from "./git-looking.ts";
import { prints } from "./git-prints.ts";
import { push } from "./git-push.ts";
import { isRemote } from "./git-remote.ts";

const change = (options: string, more: Partial<Form> = {}): Form => ({
  does: [changes, hooks],
  options,
  operands: "any",
  ...more,
});

const toRemote = ({ operands }: Use) => (isRemote(operands[0]?.text) ? [] : null);

/** Without operands it lists; with them it makes or moves something. */
const listing =
  (flags: readonly string[], words: readonly string[] = []) =>
  (use: Use) => {
    const [first] = use.operands;
    const lists = use.operands.length === 0 || use.has(...flags) || words.includes(first?.text ?? "");
    return [lists ? reads : changes];
  };

const withWords = (words: Readonly<Record<string, Form>>, bare: Form["bare"]): Form => ({
  does: [],
  commands: words,
  ...(bare === undefined ? {} : { bare }),
});

const mixed: Readonly<Record<string, Form>> = {
  branch: {
    does: [],
    options:
      "-a --all -r --remotes -v --verbose --vv -q --quiet --list -l --show-current --contains: --no-contains: --merged?: --no-merged?: --points-at: --sort: --format: --column?: --no-column --color?: --no-color --abbrev:n -i --ignore-case -t --track?: --no-track -u: --set-upstream-to: --unset-upstream -m -M --move -c -C --copy -f --force",
    also: { "-d -D --delete": [deletesReferences] },
    operands: "any",
    check: (use) => {
      if (showsContents(use)) return null;
      if (use.has("-d", "-D", "--delete")) return [];
      const changing = use.has(
        "-m",
        "-M",
        "--move",
        "-c",
        "-C",
        "--copy",
        "-f",
        "--force",
        "-u",
        "--set-upstream-to",
        "--unset-upstream",
      );
      return changing
        ? [changes]
        : listing([
            "-l",
            "--list",
            "-a",
            "-r",
            "-v",
            "--all",
            "--remotes",
            "--contains",
            "--merged",
            "--no-merged",
            "--show-current",
          ])(use);
    },
  },
  tag: {
    does: [],
    options:
      "-n?: -l --list --sort: --format: --contains: --no-contains: --points-at: --merged: --no-merged: --column?: -i --ignore-case -a --annotate -s --sign --no-sign -u: -f --force -m: --message: -F:file --file:file -v --verify --color?:",
    also: { "-d --delete": [deletesReferences] },
    operands: "any",
    check: (use) => {
      if (showsContents(use)) return null;
      if (use.has("-d", "--delete")) return [];
      return listing(["-l", "--list", "-v", "--verify", "--contains", "--points-at"])(use);
    },
  },
  remote: {
    does: [],
    options: "-v --verbose",
    commands: {
      "show get-url": { does: [reads, contacts], options: "-n --push --all", operands: "any" },
      "add rename set-url set-head set-branches": {
        does: [changesSettings],
        options: "-t: -m: -f --tags --no-tags --push --add --delete -a --auto -d",
        operands: "any",
        once: true,
      },
      "remove rm prune": { does: [deletesReferences], options: "-n --dry-run", operands: "any" },
      update: { does: [contacts], options: "-p --prune", operands: "any" },
    },
    bare: [reads],
  },
  stash: {
    does: [],
    options: "-q --quiet -u --include-untracked -a --all -k --keep-index --no-keep-index -S --staged",
    commands: {
      list: referencesForm,
      show: look(`${diffOptions} -u --include-untracked --only-untracked`, prints.stash),
      "push save": change(
        "-q --quiet -u --include-untracked -a --all -k --keep-index --no-keep-index -S --staged -m: --message:",
        { does: [changes] },
      ),
      "pop apply": change("-q --quiet --index", { does: [changes, unpacks] }),
      branch: change(""),
      "drop clear": { does: [deletesReferences], options: "-q --quiet", operands: "any" },
    },
    bare: [changes],
  },
  worktree: withWords(
    {
      list: look("-v --verbose --porcelain -z"),
      add: change(
        "-f --force -b: -B: -d --detach --checkout --no-checkout --track --no-track -q --quiet --orphan --lock",
      ),
      "move lock unlock repair": change("-f --force --reason:"),
      "remove prune": {
        does: [deletesReferences],
        options: "-f --force -n --dry-run -v --verbose --expire:",
        operands: "any",
      },
    },
    undefined,
  ),
  notes: withWords(
    {
      "list show": look(""),
      "add append edit copy merge": change(
        "-f --force -m: --message: -F:file --file:file --allow-empty --ref:",
      ),
      "remove prune": {
        does: [deletesReferences],
        options: "-n --dry-run -v --ignore-missing --stdin",
        operands: "any",
      },
    },
    [reads],
  ),
  reflog: withWords(
    {
      show: referencesForm,
      exists: look(""),
      "expire delete": {
        does: [deletesReferences],
        options:
          "--expire: --expire-unreachable: --all --stale-fix --rewrite --updateref -n --dry-run --verbose",
        operands: "any",
      },
    },
    [reads],
  ),
  submodule: withWords({ "status summary": look("--recursive --cached --files --quiet") }, [reads]),
};

const changers: Readonly<Record<string, Form>> = {
  add: change(
    "-A --all -u --update -n --dry-run -v --verbose -f --force -N --intent-to-add --refresh --ignore-errors --ignore-missing --renormalize --chmod: --no-all --ignore-removal",
    { does: [changes] },
  ),
  commit: change(
    "-m: --message: -a --all -F:file --file:file -C: --reuse-message: -c: --author: --date: -s --signoff -n --no-verify --verify --allow-empty --allow-empty-message -v --verbose -q --quiet --dry-run --short --porcelain --branch -o --only -i --include --no-edit -S?: --gpg-sign?: --no-gpg-sign --cleanup: --trailer: --fixup: --squash: --reset-author --no-status -u?: -z",
    { also: { "--amend": [rewrites] }, prints: prints.commit },
  ),
  "merge cherry-pick revert": change(
    "-m: --no-ff --ff --ff-only --squash --no-squash --commit --no-commit -n --no-edit --edit -e --stat --no-stat -q --quiet -v --verbose --abort --continue --quit --skip --allow-unrelated-histories --log?: --signoff -x -S?: --no-verify --autostash --no-autostash -X: --strategy-option: --allow-empty --keep-redundant-commits",
  ),
  rebase: change(
    "--onto: --continue --abort --skip --quit --autostash --no-autostash --autosquash --no-autosquash --keep-empty --no-ff -f --force-rebase --root -q --quiet -v --verbose --stat --no-stat -r --rebase-merges?: --committer-date-is-author-date --reapply-cherry-picks --no-reapply-cherry-picks --update-refs --no-update-refs --empty:",
    { does: [rewrites, hooks] },
  ),
  switch: change(
    "-c: --create: -C: --force-create: -d --detach -t --track?: --no-track --guess --no-guess -q --quiet --progress --no-progress --orphan: -m --merge",
    {
      also: { "-f --force --discard-changes": [discards] },
    },
  ),
  checkout: change(
    "-b: -B: -d --detach -t --track?: --no-track --guess --no-guess -q --quiet --progress --no-progress --orphan: -m --merge -l -f --force -p --patch --ours --theirs",
    {
      does: [],
      check: (use) => {
        const namesFiles = use.operands.length > 1 || use.operands.some(({ text }) => /^[.:]|\/$/.test(text));
        const throws = namesFiles || use.has("--", "-f", "--force", "-p", "--patch", "--ours", "--theirs");
        return throws ? [discards] : [changes, hooks];
      },
    },
  ),
  restore: {
    does: [discards],
    options:
      "-s: --source: -S --staged -W --worktree -q --quiet --progress --no-progress --ours --theirs -m --merge --ignore-unmerged --overlay --no-overlay",
    operands: "any",
  },
  reset: change("-q --quiet --soft --mixed -N --intent-to-add --no-refresh --refresh --hard --merge --keep", {
    does: [],
    check: (use) => [use.has("--hard", "--merge", "--keep") ? discards : changes],
  }),
  rm: {
    does: [deletesFiles],
    options: "-f --force -n --dry-run -r --cached --ignore-unmatch -q --quiet --sparse",
    operands: "any",
  },
  mv: change("-f --force -k -n --dry-run -v --verbose --sparse", { does: [changes], operands: "written" }),
  clean: {
    does: [deletesUntracked],
    options: "-f --force -d -x -X -n --dry-run -q --quiet -e: --exclude:",
    operands: "any",
  },
  "gc prune": {
    does: [removesObjects],
    options:
      "--auto --aggressive --prune?: --no-prune -q --quiet --force --keep-largest-pack -n --dry-run -v --verbose --expire:",
  },
  "update-ref": { does: [removesObjects], options: "-d --no-deref -m: --create-reflog", operands: "any" },
  apply: change(
    "--check --stat --numstat --summary --index --cached -3 --3way -R --reverse --reject -p:n -C:n --whitespace: --recount -v --verbose -q --quiet --allow-empty --intent-to-add",
  ),
  am: change(
    "-3 --3way --no-3way -s --signoff -k --keep --continue --skip --abort --quit -q --quiet --whitespace: -C:n -p:n --ignore-whitespace",
  ),
  init: change("-q --quiet --bare -b: --initial-branch: --object-format: --shared?:", { once: true }),
  "bisect filter-branch filter-repo difftool mergetool send-email daemon instaweb replace": {
    does: [runsOthers],
    operands: "any",
    once: true,
  },
  config: {
    does: [],
    options:
      "--global --local --system -l --list --get --get-all --get-regexp --get-urlmatch --show-origin --show-scope --name-only -z --null --type: --bool --int --path --default: --includes --no-includes",
    operands: "any",
    check: (use) =>
      use.has("--get", "--get-all", "--get-regexp", "--get-urlmatch", "--list", "-l")
        ? [readsSettings]
        : null,
  },
};

const remotes: Readonly<Record<string, Form>> = {
  fetch: {
    does: [contacts],
    options:
      "--all -a --append --atomic --depth:n --deepen:n --unshallow -k --keep -p --prune -P --prune-tags -n --no-tags -t --tags --dry-run -f --force -j:n --jobs:n -q --quiet -v --verbose --progress --no-progress --recurse-submodules?: --no-recurse-submodules --shallow-since: -4 -6 --filter: --set-upstream",
    operands: "any",
    check: toRemote,
  },
  pull: {
    does: [contacts, changes, hooks],
    options:
      "--ff --ff-only --no-ff -r --rebase?: --no-rebase --autostash --no-autostash -q --quiet -v --verbose --all -p --prune -t --tags --no-tags --depth:n --no-edit --edit --stat --no-stat --squash --no-commit --allow-unrelated-histories -X: -j:n",
    operands: "any",
    check: toRemote,
  },
  clone: {
    does: [contacts, changes, hooks],
    options:
      "--depth:n -b: --branch: --single-branch --no-single-branch -q --quiet -v --verbose --progress -n --no-checkout --bare --mirror -o: --origin: --recurse-submodules?: --shallow-submodules -j:n --filter: --no-tags --tags --sparse --shallow-since:",
    operands: "any",
    check: toRemote,
  },
  "ls-remote": {
    does: [contacts],
    options: "-h --heads --branches -t --tags --refs -q --quiet --exit-code --get-url --sort: --symref",
    operands: "any",
    check: toRemote,
  },
  push,
};

export const gitPrograms: readonly Program[] = [
  {
    names: "git",
    does: [],
    options:
      "-p --paginate -P --no-pager --no-replace-objects --no-optional-locks --literal-pathspecs --no-literal-pathspecs --glob-pathspecs --noglob-pathspecs --icase-pathspecs --no-lazy-fetch",
    also: { "-C:": [otherRepository] },
    commands: { ...gitReaders, ...mixed, ...changers, ...remotes },
    bare: [reads],
    otherwise: runsOthers,
    about: "-v -h --info-path --html-path --man-path",
  },
];
