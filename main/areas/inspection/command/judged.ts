import type { Risk } from "../contract.ts";
import type { Printed } from "../reach/printed.ts";

/** What is known of a command before it runs. */
export interface Judged {
  /** All that it starts as far as is known, outermost first: `timeout`, `git`. */
  readonly programs: readonly string[];
  /** Those of them that its own words name, be it behind `env` or `timeout`. */
  readonly named: readonly string[];
  readonly risks: readonly Risk[];
  /** Every word of it is understood. */
  readonly known: boolean;
  /** Known or not, it is asked each time. */
  readonly once: boolean;
  /** Files whose content it runs, as it names them. */
  readonly scripts: readonly string[];
  /** Words that may be paths. */
  readonly words: readonly string[];
  /** Files that it writes, as it names them. */
  readonly written: readonly string[];
  /** Folders that it may change to. */
  readonly folders: readonly string[];
  /** Those of its words that are texts to print or to look for, and no paths. */
  readonly texts: readonly string[];
  /** The scripts again, each with the program that runs it, or "" if the file says so itself. */
  readonly started: readonly { readonly path: string; readonly by: string }[];
  /** Scripts of package.json that it runs. */
  readonly packageScripts: readonly string[];
  /** Folders and patterns whose files it reads, whatever they are called. */
  readonly below: readonly string[];
  /** What it prints of tracked files besides. */
  readonly printed: readonly Printed[];
}

/** To begin with: a command of which there is nothing to say. */
export const nothingKnown = {
  programs: [],
  named: [],
  risks: [],
  known: true,
  once: false,
  scripts: [],
  words: [],
  written: [],
  folders: [],
  texts: [],
  below: [],
  started: [],
  packageScripts: [],
  printed: [],
} as const satisfies Judged;

/** What several commands do together. */
export function joined(all: readonly Judged[]): Judged {
  return {
    programs: all.flatMap(({ programs }) => programs),
    named: all.flatMap(({ named }) => named),
    risks: all.flatMap(({ risks }) => risks),
    known: all.every(({ known }) => known),
    once: all.some(({ once }) => once),
    scripts: all.flatMap(({ scripts }) => scripts),
    words: all.flatMap(({ words }) => words),
    written: all.flatMap(({ written }) => written),
    folders: all.flatMap(({ folders }) => folders),
    texts: all.flatMap(({ texts }) => texts),
    below: all.flatMap(({ below }) => below),
    started: all.flatMap(({ started }) => started),
    packageScripts: all.flatMap(({ packageScripts }) => packageScripts),
    printed: all.flatMap(({ printed }) => printed),
  };
}
