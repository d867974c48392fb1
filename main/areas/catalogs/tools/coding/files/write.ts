import { randomBytes } from "node:crypto";
import { link, lstat, open, rename, rm } from "node:fs/promises";
import { ToolFailure, asFailure, quoted } from "../failure.ts";
import { openDirectory } from "./anchored-directory.ts";
import type { AnchoredDirectory } from "./anchored-directory.ts";
import type { Location } from "./locate.ts";

export interface FileWrite {
  readonly bytes: Buffer;
  /** Whether a file must be there already, whose rights are kept, or must not be. */
  readonly replaces: boolean;
}

const NEW_FILE_MODE = 0o644;

/** All or nothing: a temporary file beside it, flushed to disk, takes its place in one step. Links are never followed. */
export async function writeWhole(location: Location, write: FileWrite): Promise<void> {
  try {
    const directory = await openParent(location);
    try {
      await writeIn(directory, location, write);
    } finally {
      await directory.close();
    }
  } catch (error) {
    throw asFailure(error, location.asked);
  }
}

async function openParent(location: Location): Promise<AnchoredDirectory> {
  let directory = await openDirectory(location.directory);
  for (const name of location.missing) {
    const parent = directory;
    try {
      directory = await parent.enter(name);
    } finally {
      await parent.close();
    }
  }
  return directory;
}

async function writeIn(directory: AnchoredDirectory, location: Location, write: FileWrite): Promise<void> {
  const temporaryName = `.gatehouse-write-${randomBytes(8).toString("hex")}.tmp`;
  const temporary = directory.at(temporaryName);
  const target = directory.at(location.name);
  try {
    await directory.recheck();
    const file = await open(temporary, "wx", 0o600);
    try {
      await directory.confirm(temporaryName, file);
      await file.writeFile(write.bytes);
      await file.chmod(write.replaces ? await modeOf(target, location.asked) : NEW_FILE_MODE);
      await file.sync();
    } finally {
      await file.close();
    }
    await directory.recheck();
    if (write.replaces) {
      await modeOf(target, location.asked);
      await rename(temporary, target);
    } else {
      await placeNew(temporary, target, location.asked);
    }
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Unlike a rename, a hard link never replaces what appeared there meanwhile. */
async function placeNew(temporary: string, target: string, asked: string): Promise<void> {
  try {
    await link(temporary, target);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (code === "EEXIST") throw new ToolFailure(`${quoted(asked)} exists`, { cause: error });
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(code)) throw error;
    if ((await lstat(target).catch(() => null)) !== null) throw new ToolFailure(`${quoted(asked)} exists`);
    await rename(temporary, target);
  }
}

/** Of a regular file; a link or anything else that has come in its place is refused. */
async function modeOf(target: string, asked: string): Promise<number> {
  const info = await lstat(target);
  if (!info.isFile()) throw new ToolFailure(`${quoted(asked)} is not a regular file any more`);
  return info.mode & 0o777;
}
