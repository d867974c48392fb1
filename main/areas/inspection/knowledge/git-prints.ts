import type { Printed } from "../reach/printed.ts";
import type { Use } from "./form.ts";

/** With one of these git shows what is in files, also where it would not. */
const patches =
  "-p -u --patch -U --unified --patch-with-raw --binary -c --cc --color-words --word-diff --check -W --function-context --inter-hunk-context -L".split(
    " ",
  );
/** With one of these, and none of those, it shows names and numbers. */
const summaries =
  "-s --no-patch --raw --stat --numstat --shortstat --dirstat --summary --name-only --name-status --compact-summary --quiet".split(
    " ",
  );
/** With these a path may mean others than it says, or what it says is not all that is shown. */
const widening =
  "--follow -L --literal-pathspecs --glob-pathspecs --noglob-pathspecs --icase-pathspecs".split(" ");

type Prints = (use: Use) => readonly Printed[];

/** What is given besides options: revisions, and paths among them. */
function given(use: Use, skip = 0): Pick<Printed, "words" | "paths" | "isWider"> {
  const texts = use.operands.map(({ text }) => text);
  const end = use.ended ?? texts.length;
  return {
    words: texts.slice(skip, end),
    paths: use.ended === null ? "among words" : texts.slice(Math.max(end, skip)),
    ...(use.hasAround(...widening) ? { isWider: true } : {}),
  };
}

const isPatch = (use: Use): boolean => use.has(...patches);

/** Unless it is told to show names alone. */
const byDefault =
  (prints: Prints): Prints =>
  (use) =>
    !isPatch(use) && use.has(...summaries) ? [] : prints(use);
const whenAsked =
  (prints: Prints): Prints =>
  (use) =>
    isPatch(use) ? prints(use) : [];

/** With one of these what it shows begins anywhere. */
const walks = "--all --branches --tags --remotes -g --walk-reflogs".split(" ");
/** Without these so many commits are just the newest ones. */
const narrows =
  "--skip --since --after --until --before --author --committer --grep -S -G --merges --no-merges --first-parent --min-parents --max-parents --cherry-pick --cherry-mark --left-right --diff-filter --simplify-by-decoration --full-history --ancestry-path --boundary --topo-order --date-order --author-date-order --graph --children --parents --no-walk --follow -L".split(
    " ",
  );

function history(use: Use): readonly Printed[] {
  const [count] = use.values("-#", "-n", "--max-count");
  const isCounted = count !== undefined && !use.has(...narrows) && !use.has(...walks);
  // Which commits is in the input alone.
  if (use.has("--stdin")) return [{ of: "history", words: ["-"], paths: [] }];
  return [
    {
      of: "history",
      ...given(use),
      ...(isCounted ? { count } : {}),
      ...(use.has(...walks) ? { isAll: true as const } : {}),
    },
  ];
}

const isRange = (word: string): boolean => word.includes("..") || word.startsWith("^");

/** With a number, a range, or references that it has to look up it shows more than what it is given. */
function shown(use: Use): readonly Printed[] {
  const one = given(use);
  const isWalk = use.has("-#", "-n", "--max-count", "--stdin", ...walks) || one.words.some(isRange);
  if (isWalk) return history(use);
  return [{ ...one, of: "commits" }];
}

function difference(use: Use): readonly Printed[] {
  if (use.has("--no-index")) return [];
  const isStaged = use.has("--cached", "--staged");
  return [{ ...given(use), of: isStaged ? "staged" : "difference", ...mergeBase(use) }];
}

const mergeBase = (use: Use) => (use.has("--merge-base") ? { isSinceFork: true as const } : {});

/** It may change to another folder before. */
const elsewhere =
  (prints: Prints): Prints =>
  (use) => {
    const folders = use.around("-C");
    return folders.length === 0 ? prints(use) : prints(use).map((one) => ({ ...one, folders }));
  };

const ofStash: Prints = (use) => {
  const stashes = use.operands.map(({ text }) => (/^\d+$/.test(text) ? `stash@{${text}}` : text));
  const words = stashes.length === 0 ? ["refs/stash"] : stashes;
  const isUntracked = use.has("-u", "--include-untracked", "--only-untracked");
  const all = isUntracked ? words.flatMap((word) => [word, `${word}^3`]) : words;
  return [{ of: "commits", words: all, paths: [] }];
};

const ofStatus: Prints = (use) =>
  use.has("-v", "--verbose")
    ? [
        { of: "staged", words: [], paths: [] },
        { of: "difference", words: [], paths: [] },
      ]
    : [];

const ofCommit: Prints = (use) =>
  use.has("-v", "--verbose") && use.has("--dry-run")
    ? [
        { of: "staged", words: use.has("--amend") ? ["HEAD^"] : [], paths: [] },
        { of: "difference", words: [], paths: [] },
      ]
    : [];

const namesAlone = "-l --files-with-matches -L --files-without-match --name-only -c --count -q --quiet".split(
  " ",
);

const ofSearch: Prints = (use) => {
  if (use.has(...namesAlone)) return [];
  const isNamed = use.has("-e", "--and", "--or");
  return [{ ...given(use, isNamed ? 0 : 1), of: "files" }];
};

/** They go through what references once stood for. */
const ofReferences: Prints = (use) => [{ ...given(use), of: "history", isAll: true }];

/** Each range by itself: what one leaves out may be in another one. */
const ofRanges: Prints = (use) =>
  given(use).words.map((word) => ({ of: "history", words: [word], paths: [] }));

/** One tree alone is a commit, compared with the one before. */
const ofTrees: Prints = (use) => {
  const one = given(use);
  return [{ ...one, of: one.words.length === 1 ? "commits" : "difference" }];
};

/** What each of git's commands that look prints of tracked files. */
export const prints = {
  log: elsewhere(whenAsked(history)),
  show: elsewhere(byDefault(shown)),
  diff: elsewhere(byDefault(difference)),
  /** It shows names and hashes by itself. */
  plumbing: elsewhere(whenAsked(difference)),
  trees: elsewhere(whenAsked(ofTrees)),
  ranges: elsewhere(byDefault(ofRanges)),
  references: elsewhere(whenAsked(ofReferences)),
  stash: elsewhere(whenAsked(ofStash)),
  status: elsewhere(ofStatus),
  commit: elsewhere(ofCommit),
  grep: elsewhere(ofSearch),
  archive: elsewhere((use) => [{ ...given(use), of: "files" }]),
  objects: elsewhere((use) =>
    use.has("-t", "-s", "-e", "--batch-check") ? [] : [{ ...given(use), of: "objects" }],
  ),
} as const satisfies Readonly<Record<string, Prints>>;
