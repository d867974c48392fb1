/**
 * Which content of tracked files a git command prints besides what its words name. Whoever can look finds out whether
 * files that keep secrets are among it.
 */
export interface Printed {
  /**
   * `difference`: between revisions, or the index, and the files that are there. `staged`: between a revision and the
   * index. `files`: whole files, of revisions or as they are tracked now. `commits`: what these commits change.
   * `history`: what they and all before them change. `objects`: what the words stand for.
   */
  readonly of: "difference" | "staged" | "files" | "commits" | "history" | "objects";
  /** As they are given: revisions, and paths among them if nothing ends the revisions. */
  readonly words: readonly string[];
  /** Paths alone to which it is limited; none of them: no limit. */
  readonly paths: readonly string[] | "among words";
  /** The paths may mean others than they say, or are not all that is shown. */
  readonly isWider?: true;
  /** So many commits only. */
  readonly count?: string;
  /** Whatever a reference leads to is among it. */
  readonly isAll?: true;
  /** Folders that git changes to before, one after the other. */
  readonly folders?: readonly string[];
  /** Since the revisions went apart. */
  readonly isSinceFork?: true;
}
