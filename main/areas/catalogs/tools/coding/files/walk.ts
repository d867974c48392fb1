import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { asFailure } from "../failure.ts";
import { openDirectory } from "./anchored-directory.ts";
import { blockedBy, isGitFolder } from "./blocked-names.ts";
import type { Location } from "./locate.ts";
import { isPrivate } from "./private-places.ts";

/** So that no search goes on for minutes. */
const MAX_ENTRIES = 200_000;
const MAX_MS = 20_000;
/** How long other work in this process may have to wait. */
const SLICE_MS = 10;

export interface Walk {
  /** Set when it ended before everything was seen. */
  stoppedEarly: boolean;
}

/** Entries of one directory in order of name, without blocked names, private places and links. */
export async function entriesOf(real: string, workspace: string): Promise<Dirent[]> {
  const directory = openDirectory(real);
  try {
    const entries = await readdir(directory.at("."), { withFileTypes: true });
    directory.recheck();
    return entries
      .filter((entry) => !entry.isSymbolicLink() && isShown(join(real, entry.name), workspace))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } finally {
    directory.close();
  }
}

const isShown = (path: string, workspace: string) =>
  blockedBy(relative(workspace, path)) === null && !isPrivate(path, workspace);

/** Every regular file below, without `.git`, blocked names and links. Directories that can't be read are passed over. */
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
  let sliceEnds = performance.now() + SLICE_MS;
  for (let real = todo.pop(); real !== undefined; real = todo.pop()) {
    const directory = real;
    const entries = await entriesOf(directory, workspace).catch((error: unknown) =>
      unreadable(error, directory),
    );
    const below: string[] = [];
    for (const entry of entries) {
      if (performance.now() > sliceEnds) {
        await turn();
        sliceEnds = performance.now() + SLICE_MS;
      }
      signal.throwIfAborted();
      if ((seen += 1) > MAX_ENTRIES || performance.now() > until) {
        walk.stoppedEarly = true;
        return;
      }
      const path = join(directory, entry.name);
      if (entry.isDirectory() && !isGitFolder(entry.name)) below.push(path);
      if (entry.isFile()) yield fileAt(path, workspace);
    }
    todo.push(...below.toReversed());
  }
}

function fileAt(real: string, workspace: string): Location {
  const path = relative(workspace, real).split(sep).join("/");
  return {
    asked: path,
    path,
    real,
    directory: dirname(real),
    missing: [],
    name: basename(real),
    kind: "file",
    linked: false,
  };
}

function unreadable(error: unknown, path: string): Dirent[] {
  const failure = asFailure(error, path);
  if (failure === error && !(error instanceof Error && error.name === "ToolFailure")) throw error;
  return [];
}
