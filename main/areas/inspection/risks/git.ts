import type { Risk } from "../contract.ts";
import { risk } from "./risk.ts";

const readsHistory = risk("reads", "low", "reads the repository", "This git command only looks.");
const changesRepository = risk(
  "writes",
  "medium",
  "changes the repository",
  "It changes the branch, the index or files of this repository. Most of it can be undone with git.",
);
const contactsRemote = risk(
  "network",
  "medium",
  "contacts a remote",
  "It talks to another machine over the network.",
);
const discards = (text: string, why: string) => risk("deletes", "high", text, why);

const readers = new Set(
  `status log show diff blame grep ls-files ls-tree rev-parse rev-list describe shortlog cat-file name-rev merge-base
   show-ref for-each-ref count-objects help version var whatchanged range-diff check-ignore check-attr annotate`.split(
    /\s+/,
  ),
);
const fetchers = new Set(["fetch", "pull", "clone", "ls-remote", "push", "remote-https", "send-email"]);
const optionsWithValue = new Set([
  "-C",
  "-c",
  "--git-dir",
  "--work-tree",
  "--namespace",
  "--config-env",
  "--exec-path",
]);

/** The command of git and what follows it, behind git's own options. */
function split(args: readonly string[]): { command: string; rest: readonly string[] } {
  for (let i = 0; i < args.length; i += 1) {
    const word = args[i] ?? "";
    if (optionsWithValue.has(word)) i += 1;
    else if (!word.startsWith("-")) return { command: word, rest: args.slice(i + 1) };
  }
  return { command: "", rest: [] };
}

export function gitRisks(args: readonly string[]): Risk[] {
  const { command, rest } = split(args);
  const has = (...options: string[]) => rest.some((word) => options.includes(word));
  const hasLetter = (letter: string) => rest.some((word) => new RegExp(`^-[A-Za-z]*${letter}`).test(word));
  if (command === "") return [readsHistory];
  if (command === "push") return pushRisks(rest, hasLetter);
  if (fetchers.has(command)) {
    const writes = command === "pull" || command === "clone" ? [changesRepository] : [];
    return [contactsRemote, ...writes];
  }
  if (readers.has(command)) return [readsHistory];
  const listing =
    rest.length === 0 || has("-l", "--list", "-a", "-v", "-vv", "--show-current", "-r", "list", "show");
  if (["branch", "tag", "remote", "stash", "worktree", "notes", "reflog"].includes(command)) {
    if (hasLetter("[dD]") || has("--delete", "drop", "clear", "delete", "expire", "remove", "prune")) {
      return [discards("deletes references", "It deletes branches, tags, stashes or the way back to them.")];
    }
    return listing && !(command === "stash" && rest.length === 0) ? [readsHistory] : [changesRepository];
  }
  if (command === "clean")
    return [discards("deletes untracked files", "Files that git does not know can't be brought back.")];
  if (command === "reset" && has("--hard", "--merge", "--keep")) {
    return [discards("throws changes away", "Work that is not committed is lost.")];
  }
  if (
    command === "restore" ||
    (["checkout", "switch"].includes(command) &&
      (has("--", ".", "--force", "--discard-changes") || hasLetter("f")))
  ) {
    return [discards("throws changes away", "Files are set back; changes that are not committed are lost.")];
  }
  if (["rebase", "filter-branch", "filter-repo", "replace"].includes(command) || has("--amend")) {
    return [
      risk("writes", "medium", "rewrites local history", "Commits are replaced by new ones."),
      ...hooks(command),
    ];
  }
  if (["gc", "prune", "update-ref"].includes(command)) {
    return [
      discards("removes old objects", "It takes away the way back to commits that are not on a branch."),
    ];
  }
  if (command === "rm")
    return [
      risk(
        "deletes",
        "medium",
        "deletes files",
        "Tracked files are deleted; git keeps their last committed state.",
      ),
    ];
  if (command === "config")
    return [risk("writes", "medium", "changes settings of git", "Settings can make git run programs.")];
  if (command === "submodule") return [changesRepository, contactsRemote];
  return [changesRepository, ...hooks(command)];
}

function pushRisks(rest: readonly string[], hasLetter: (letter: string) => boolean): Risk[] {
  const forced =
    hasLetter("f") ||
    rest.some((word) => word.startsWith("--force") || word === "--mirror" || /^\+[^-]/.test(word));
  const deletes =
    hasLetter("d") || rest.some((word) => word === "--delete" || word === "--prune" || /^:./.test(word));
  const sends = risk(
    "network",
    "medium",
    "sends commits to a remote",
    "Others can see what was pushed, and it is hard to take back.",
  );
  return [
    ...(forced
      ? [
          risk(
            "writes",
            "high",
            "rewrites history on a remote",
            "Commits of others on the remote may be lost.",
          ),
        ]
      : []),
    ...(deletes
      ? [
          risk(
            "deletes",
            "high",
            "deletes branches on a remote",
            "The branch or tag disappears for everyone.",
          ),
        ]
      : []),
    sends,
    ...hooks("push"),
  ];
}

function hooks(command: string): Risk[] {
  if (!["commit", "push", "merge", "rebase", "am"].includes(command)) return [];
  return [
    risk(
      "runs_code",
      "low",
      "may run the repository's hooks",
      "Hooks that are set up in this repository run with it.",
    ),
  ];
}
