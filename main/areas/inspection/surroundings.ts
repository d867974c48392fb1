import type { BoundScript } from "./contract.ts";

/** What is around a call and decides what it means. */
export interface Surroundings {
  readonly workDir: string;
  /** Content of `scriptsOf`, by the path the command gives. What is missing is not bound, so it is allowed only once. */
  readonly scripts?: ReadonlyMap<string, BoundScript>;
  readonly leads?: Leads;
  /** Why it will be refused even if it is allowed here. */
  readonly refusal?: string;
}

/** Where words lead, as somebody found who can look: links and folders say nothing of it by their names. */
export interface Leads {
  /** The full path of the file that a word really means; null if it is what it is called. */
  real(word: string): string | null;
  /** Files of a folder that keep secrets, by their full paths; null: nobody knows, or they are too many. */
  below(place: string): readonly string[] | null;
  /** The folder's repository keeps its data and settings elsewhere: its path. */
  readonly repository: string | null;
  /** There were too many words to look at them all. */
  readonly isPart: boolean;
}
