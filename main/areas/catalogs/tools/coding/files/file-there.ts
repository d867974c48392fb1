import { lstatSync, readlinkSync, realpathSync, statSync } from "node:fs";
import type { Stats } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { FileThere } from "../../../../inspection/surroundings.ts";
import { ToolFailure } from "../failure.ts";
import { otherNameOf } from "./hard-links.ts";
import type { OtherName } from "./hard-links.ts";
import type { Location } from "./locate.ts";
import { readWhole, strictText, textOfBytes } from "./read.ts";

const MAX_BYTES = 2 * 1024 * 1024;
const MAX_LINKS = 40;

export interface Met {
  /** Where that really is. */
  readonly place: string;
  readonly other: OtherName | null;
  readonly content: FileThere["content"];
}

/** What somebody meets who writes to a path, wherever it is. It changes nothing, and follows links as a program does. */
export async function fileThere(path: string, workspace: string): Promise<Met> {
  const place = realPlace(path);
  if (place === null) return { place: path, other: null, content: { kind: "unseen" } };
  const info = infoOf(place);
  if (info === null) return { place, other: null, content: { kind: "unseen" } };
  if (info === undefined) return { place, other: null, content: { kind: "absent" } };
  if (!info.isFile()) return { place, other: null, content: { kind: "unseen" } };
  return { place, other: otherNameOf(info, workspace), content: await contentOf(place, workspace) };
}

/** Undefined: there is nothing. Null: it may not be looked at. */
function infoOf(path: string): Stats | undefined | null {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return null;
  }
}

async function contentOf(real: string, workspace: string): Promise<FileThere["content"]> {
  // It is only compared, and shown to the person whose it is.
  const location: Location = {
    workspace,
    asked: real,
    path: real,
    real,
    directory: dirname(real),
    missing: [],
    name: basename(real),
    kind: "file",
    linked: false,
    isPermitted: true,
  };
  try {
    const bytes = await readWhole(location, MAX_BYTES);
    const text = strictText(bytes);
    return text === null ? { kind: "bytes", text: textOfBytes(bytes) } : { kind: "text", text };
  } catch (error) {
    if (error instanceof ToolFailure) return { kind: "unseen" };
    throw error;
  }
}

/** Where a path leads, also one whose file, or the file that its link names, is not there yet. Null: nowhere. */
function realPlace(path: string, followed = 0): string | null {
  if (followed > MAX_LINKS) return null;
  try {
    return realpathSync.native(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || dirname(path) === path) return null;
  }
  const folder = realPlace(dirname(path), followed + 1);
  if (folder === null) return null;
  const own = join(folder, basename(path));
  try {
    const info = lstatSync(own, { throwIfNoEntry: false });
    return info?.isSymbolicLink() === true
      ? realPlace(resolve(folder, readlinkSync(own)), followed + 1)
      : own;
  } catch {
    return null;
  }
}
