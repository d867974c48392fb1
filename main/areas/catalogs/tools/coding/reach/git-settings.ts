/**
 * Settings of a repository that make git run nothing, read no other settings and look nowhere else. Knowledge is
 * positive here too: what is not on the list may name a program.
 */
const harmless = new Set(
  `branch.autosetupmerge branch.autosetuprebase branch.sort branch.*.description branch.*.github-pr-base-branch
  branch.*.github-pr-owner-number branch.*.gk-merge-base branch.*.merge branch.*.pushremote branch.*.rebase
  branch.*.remote branch.*.vscode-merge-base color.branch color.diff color.status color.ui column.ui commit.gpgsign
  commit.verbose core.abbrev core.autocrlf core.bare core.bigfilethreshold core.checkstat core.commentchar
  core.commitgraph core.compression core.eol core.filemode core.hidedotfiles core.ignorecase core.ignorestat
  core.logallrefupdates core.longpaths core.multipackindex core.packedgitlimit core.packedgitwindowsize
  core.precomposeunicode core.preloadindex core.protecthfs core.protectntfs core.quotepath core.repositoryformatversion
  core.safecrlf core.sharedrepository core.sparsecheckout core.sparsecheckoutcone core.splitindex core.symlinks
  core.trustctime core.untrackedcache core.whitespace diff.algorithm diff.colormoved diff.colormovedws
  diff.indentheuristic diff.mnemonicprefix diff.renamelimit diff.renames extensions.objectformat
  extensions.refstorage feature.experimental feature.manyfiles fetch.fsckobjects fetch.parallel fetch.prune
  fetch.prunetags gc.auto gc.autodetach gc.pruneexpire gc.reflogexpire gc.reflogexpireunreachable i18n.commitencoding
  i18n.logoutputencoding index.skiphash index.threads index.version init.defaultbranch log.date log.decorate
  lfs.repositoryformatversion merge.conflictstyle merge.ff merge.log merge.renames pack.threads pull.ff pull.rebase
  push.autosetupremote push.default push.followtags rebase.abbreviatecommands rebase.autosquash rebase.autostash
  rebase.updaterefs remote.pushdefault remote.*.fetch remote.*.gh-resolved remote.*.prune remote.*.push
  remote.*.pushurl remote.*.tagopt remote.*.url rerere.autoupdate rerere.enabled status.branch
  status.showuntrackedfiles submodule.active submodule.*.active submodule.*.branch submodule.*.url tag.gpgsign tag.sort
  user.email user.name user.signingkey user.useconfigonly`.split(/\s+/),
);
/** `ext::` is a command, and `x::` has git run `git-remote-x`. */
const isAddress = (name: string): boolean => /\.(push)?url$/.test(name);

const header = /^\[\s*([a-z\d-]+)(?:\s+"([^"\\]*)")?\s*\](.*)$/i;
const setting = /^([a-z][a-z\d-]*)\s*(?:=(.*))?$/i;

export interface GitSettings {
  /** Nothing in them can make git run a program. The folder of hooks is said apart. */
  readonly isPlain: boolean;
  /** Where the hooks are, as it is written there; null for the usual place. */
  readonly hooksPath: string | null;
  /** Where its work tree is, as it is written there; null if nothing is said. */
  readonly workTree: string | null;
}

/** Reads a repository's `config`. Whatever is written in a way that is not read here is not plain. */
export function readGitSettings(text: string): GitSettings {
  let section = "";
  let hooksPath: string | null = null;
  let workTree: string | null = null;
  let isPlain = true;
  for (const line of text.split("\n")) {
    const [, name, part, behind] = header.exec(line.trim()) ?? [];
    if (name !== undefined) section = `${name.toLowerCase()}${part === undefined ? "" : ".*"}`;
    const rest = (behind ?? line).trim();
    if (rest === "" || rest.startsWith("#") || rest.startsWith(";")) continue;
    const [, key, value = ""] = setting.exec(rest) ?? [];
    const full = `${section}.${key?.toLowerCase() ?? ""}`;
    // A line that ends so goes on in the next one.
    if (key === undefined || rest.endsWith("\\")) isPlain = false;
    else if (full === "core.hookspath") hooksPath = value.trim();
    else if (full === "core.worktree") workTree = value.trim();
    else if (!harmless.has(full) || (isAddress(full) && value.includes("::"))) isPlain = false;
  }
  return { isPlain, hooksPath, workTree };
}
