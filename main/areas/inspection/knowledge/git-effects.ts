import { risk } from "../risks/risk.ts";
import { contactsNetwork } from "./effects.ts";

/** What git does, in words that a person reads. */

export const reads = risk("reads", "low", "reads the repository", "This git command only looks.");
export const changes = risk(
  "writes",
  "medium",
  "changes the repository",
  "It changes the branch, the index or files of this repository. Most of it can be undone with git.",
);
export const contacts = { ...contactsNetwork, text: "contacts a remote" };
export const hooks = risk(
  "runs_code",
  "low",
  "may run the repository's hooks",
  "Hooks that are set up in this repository run with it.",
);
/** Also for git in a folder below the work folder: it may hold a repository of its own. */
export const otherRepository = risk(
  "runs_code",
  "low",
  "trusts the settings of another folder",
  "A repository's own settings can make git run programs, and anyone who can write there can change them.",
);
export const rewrites = risk(
  "writes",
  "medium",
  "rewrites local history",
  "Commits are replaced by new ones.",
);
export const sends = risk(
  "network",
  "medium",
  "sends commits to a remote",
  "Others can see what was pushed, and it is hard to take back.",
);
export const forces = risk(
  "writes",
  "high",
  "rewrites history on a remote",
  "Commits of others on the remote may be lost.",
);
export const deletesRemote = risk(
  "deletes",
  "high",
  "deletes branches on a remote",
  "The branch or tag disappears for everyone.",
);
export const deletesReferences = risk(
  "deletes",
  "high",
  "deletes references",
  "It deletes branches, tags, stashes or the way back to them.",
);
export const discards = risk("deletes", "high", "throws changes away", "Work that is not committed is lost.");
export const deletesFiles = risk(
  "deletes",
  "medium",
  "deletes files",
  "Tracked files are deleted; git keeps their last committed state.",
);
export const deletesUntracked = risk(
  "deletes",
  "high",
  "deletes untracked files",
  "Files that git does not know can't be brought back.",
);
export const removesObjects = risk(
  "deletes",
  "high",
  "removes old objects",
  "It takes away the way back to commits that are not on a branch.",
);
export const changesSettings = risk(
  "writes",
  "medium",
  "changes settings of git",
  "Settings can make git run programs.",
);
export const readsSettings = risk(
  "reads",
  "medium",
  "reads settings of git",
  "Addresses and other settings may hold passwords.",
);
