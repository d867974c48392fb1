import type { Dirent } from "node:fs";
import { opendir } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { giveWay } from "../../../../../kernel/slices.ts";
import { sortedInTurns } from "../../../../../kernel/sort-in-turns.ts";
import { asFailure } from "../failure.ts";
import { openDirectory } from "./anchored-directory.ts";
import { secretsAt } from "../../../../inspection/risks/secrets.ts";
import { isGitFolder } from "./git-folder.ts";
import type { Location } from "./locate.ts";
import { isPrivate } from "./private-places.ts";

/** So that no search goes on for minutes. */
const MAX_ENTRIES = 200_000;
const MAX_MS = 20_000;
/** Asked for at once. */
const ENTRIES_PER_READ = 512;

export interface Walk {
  /** Set when it ended before everything was seen. */
  stoppedEarly: boolean;
  /** Files and folders that were passed over because they may hold secrets. */
  leftOut: number;
}

export const newWalk = (): Walk => ({ stoppedEarly: false, leftOut: 0 });

/** What to say of a walk, besides what it found. */
export function notesOf({ leftOut, stoppedEarly }: Walk, more: string): string[] {
  return [
    ...(leftOut === 0 ? [] : [leftOutNote(leftOut)]),
    ...(stoppedEarly ? [`[the search was stopped early: ${more}]`] : []),
  ];
}

export const leftOutNote = (count: number): string =>
  `[${count} ${count === 1 ? "entry that may hold secrets was" : "entries that may hold secrets were"} left out]`;

export interface Entries {
  /** In order of name, without links, private places and what may hold secrets. */
  readonly shown: readonly Dirent[];
  /** How many may hold secrets. */
  readonly leftOut: number;
  /** There are more than anybody looks at. */
  readonly isPart: boolean;
}

/** Of one directory. `isPermitted`: a person has allowed it to be read although it keeps secrets. */
export async function entriesOf(real: string, workspace: string, isPermitted: boolean): Promise<Entries> {
  const directory = openDirectory(real);
  try {
    const shown: Dirent[] = [];
    let [seen, leftOut] = [0, 0];
    for await (const entry of await opendir(directory.at("."), { bufferSize: ENTRIES_PER_READ })) {
      await giveWay();
      if ((seen += 1) > MAX_ENTRIES) break;
      const path = join(real, entry.name);
      if (entry.isSymbolicLink() || isPrivate(path, workspace)) continue;
      if (isPermitted || secretsAt(relative(workspace, path)) === null) shown.push(entry);
      else leftOut += 1;
    }
    directory.recheck();
    return { shown: await sortedInTurns(shown, byName), leftOut, isPart: seen > MAX_ENTRIES };
  } finally {
    directory.close();
  }
}

const byName = (one: Dirent, other: Dirent) => (one.name < other.name ? -1 : 1);

/** Every regular file below, without `.git`, what may hold secrets, and links. Directories that can't be read are passed over. */
export async function* filesBelow(
  start: Location,
  workspace: string,
  signal: AbortSignal,
  walk: Walk,
): AsyncGenerator<Location> {
  if (start.kind === "file") return yield start;
  const until = performance.now() + MAX_MS;
  const todo = [start.real];
  let seen = 0;
  for (let real = todo.pop(); real !== undefined; real = todo.pop()) {
    const directory = real;
    const { shown, leftOut, isPart } = await entriesOf(directory, workspace, start.isPermitted).catch(
      (error: unknown) => unreadable(error, directory),
    );
    walk.leftOut += leftOut;
    walk.stoppedEarly ||= isPart;
    const below: string[] = [];
    for (const entry of shown) {
      await giveWay();
      signal.throwIfAborted();
      if ((seen += 1) > MAX_ENTRIES || performance.now() > until) {
        walk.stoppedEarly = true;
        return;
      }
      const path = join(directory, entry.name);
      if (entry.isDirectory() && !isGitFolder(entry.name)) below.push(path);
      if (entry.isFile()) yield fileAt(path, workspace, start.isPermitted);
    }
    todo.push(...below.toReversed());
  }
}

function fileAt(real: string, workspace: string, isPermitted: boolean): Location {
  const path = relative(workspace, real).split(sep).join("/");
  return {
    workspace,
    asked: path,
    path,
    real,
    directory: dirname(real),
    missing: [],
    name: basename(real),
    kind: "file",
    linked: false,
    isPermitted,
  };
}

function unreadable(error: unknown, path: string): Entries {
  const failure = asFailure(error, path);
  if (failure === error && !(error instanceof Error && error.name === "ToolFailure")) throw error;
  return { shown: [], leftOut: 0, isPart: false };
}
