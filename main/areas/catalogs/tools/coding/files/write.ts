import {
  closeSync,
  fchmodSync,
  fsync,
  linkSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  writeFile,
  writeFileSync,
} from "node:fs";
import { promisify } from "node:util";
import { randomHex } from "../../../../../kernel/random-id.ts";
import { ToolFailure, asFailure, quoted } from "../failure.ts";
import { openDirectory } from "./anchored-directory.ts";
import type { AnchoredDirectory } from "./anchored-directory.ts";
import type { Location } from "./locate.ts";
import { SMALL_BYTES } from "./small.ts";

export interface FileWrite {
  readonly bytes: Buffer;
  /** Whether a file must be there already, whose rights are kept, or must not be. */
  readonly replaces: boolean;
}

const NEW_FILE_MODE = 0o644;

/** All or nothing: a temporary file beside it, flushed to disk, takes its place in one step. Links are never followed. */
export async function writeWhole(location: Location, write: FileWrite): Promise<void> {
  try {
    const directory = openParent(location);
    try {
      await writeIn(directory, location, write);
    } finally {
      directory.close();
    }
  } catch (error) {
    throw asFailure(error, location.asked);
  }
}

function openParent(location: Location): AnchoredDirectory {
  let directory = openDirectory(location.directory);
  for (const name of location.missing) {
    const parent = directory;
    try {
      directory = parent.enter(name);
    } finally {
      parent.close();
    }
  }
  return directory;
}

const writeInPool = promisify(writeFile);
const syncInPool = promisify(fsync);

async function writeIn(directory: AnchoredDirectory, location: Location, write: FileWrite): Promise<void> {
  const temporaryName = `.gatehouse-write-${randomHex()}.tmp`;
  const temporary = directory.at(temporaryName);
  const target = directory.at(location.name);
  try {
    directory.recheck();
    const file = openSync(temporary, "wx", 0o600);
    try {
      directory.confirm(temporaryName, file);
      if (write.bytes.length <= SMALL_BYTES) writeFileSync(file, write.bytes);
      else await writeInPool(file, write.bytes);
      fchmodSync(file, write.replaces ? modeOf(target, location.asked) : NEW_FILE_MODE);
      // The one step that waits for a disk.
      await syncInPool(file);
    } finally {
      closeSync(file);
    }
    directory.recheck();
    if (write.replaces) {
      modeOf(target, location.asked);
      renameSync(temporary, target);
    } else {
      placeNew(temporary, target, location.asked);
    }
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Unlike a rename, a hard link never replaces what appeared there meanwhile. */
function placeNew(temporary: string, target: string, asked: string): void {
  try {
    linkSync(temporary, target);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (code === "EEXIST") throw new ToolFailure(`${quoted(asked)} exists`, { cause: error });
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(code)) throw error;
    if (lstatSync(target, { throwIfNoEntry: false }) !== undefined)
      throw new ToolFailure(`${quoted(asked)} exists`, { cause: error });
    renameSync(temporary, target);
  }
}

/** Of a regular file; a link or anything else that has come in its place is refused. */
function modeOf(target: string, asked: string): number {
  const info = lstatSync(target);
  if (!info.isFile()) throw new ToolFailure(`${quoted(asked)} is not a regular file any more`);
  return info.mode & 0o777;
}
