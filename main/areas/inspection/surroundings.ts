import type { BoundScript, Inspection, Proposal } from "./contract.ts";
import type { Printed } from "./reach/printed.ts";

/** What is around a call and decides what it means. */
export interface Surroundings {
  readonly workDir: string;
  /** Content of `scriptsOf`, by the path the command gives. What is missing is not bound, so it is allowed only once. */
  readonly scripts?: ReadonlyMap<string, BoundScript>;
  readonly leads?: Leads;
  /** The code that it leads to besides its words. Absent: nobody looked. */
  readonly reach?: Reach;
  /** What a file change meets. Absent: nobody looked. */
  readonly there?: FileThere;
}

/** Judges a call that somebody else will make, in a folder, by what is there now. */
export type LookAround = (proposal: Proposal, folder: string) => Promise<Inspection>;

/** What is at the path of a file change, as somebody found who can look. */
export interface FileThere {
  /** The full path at which it is really written; null if that is the one it is asked for. */
  readonly leadsTo: string | null;
  /** Another file that is the same one under another name, and keeps secrets. */
  readonly alias: string | null;
  /** `bytes`: those that are no text are written as `\xe9`. `unseen`: it is there and can't be shown. */
  readonly content:
    { readonly kind: "absent" | "unseen" } | { readonly kind: "text" | "bytes"; readonly text: string };
}

/** Found by following `needsOf`. */
export interface Reach {
  readonly bound: readonly BoundScript[];
  /** Commands among it that are written in a file of settings, to be shown. */
  readonly lines: readonly { readonly name: string; readonly line: string }[];
  /** There is no more than that, as far as Gatehouse knows. */
  readonly isWhole: boolean;
}

/** Where words lead, as somebody found who can look: links and folders say nothing of it by their names. */
export interface Leads {
  /** The full path of the file that a word really means; null if it is what it is called. */
  real(word: string): string | null;
  /** Files of a folder that keep secrets, by their full paths; null: nobody knows, or they are too many. */
  below(place: string): readonly string[] | null;
  /** Files that keep secrets among what git prints of tracked files, by their paths; null: nobody knows. */
  printed(what: Printed): readonly string[] | null;
  /** The folder's repository keeps its data and settings elsewhere: its path. */
  readonly repository: string | null;
  /** There were too many words to look at them all. */
  readonly isPart: boolean;
}
