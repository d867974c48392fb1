import { lstatSync, realpathSync } from "node:fs";
import type { Stats } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { secretsAt, secretsAtPlace } from "../../../../inspection/risks/secrets.ts";
import { SecretFailure, ToolFailure, asFailure, quoted } from "../failure.ts";
import { otherNameOf } from "./hard-links.ts";
import { isInside, isPrivate } from "./private-places.ts";

/** Where a path that was asked for really is. */
export interface Location {
  readonly asked: string;
  readonly workspace: string;
  /** Relative to the workspace, with `/`; "." for the workspace itself. */
  readonly path: string;
  readonly real: string;
  /** The deepest directory above it that exists. */
  readonly directory: string;
  /** Directories between that one and the last name that do not exist yet. */
  readonly missing: readonly string[];
  readonly name: string;
  readonly kind: "file" | "directory" | "other" | "absent";
  /** The last name was a link; `real` is where it led. */
  readonly linked: boolean;
  /** A person has allowed it to be read although it keeps secrets. */
  readonly isPermitted: boolean;
}

/** No system takes longer ones. */
const MAX_PATH = 4096;

/**
 * Finds a path in the workspace by its real place, so that neither `..` nor a link leads out of it or to what keeps
 * secrets; `isPermitted` lets those through, and never Gatehouse's own files. What is true now may change: open it through an AnchoredDirectory.
 */
export function locate(workspace: string, asked: string, isPermitted = false): Location {
  if (asked.length > MAX_PATH) throw new ToolFailure(`a path has at most ${MAX_PATH} characters`);
  if (asked.includes("\0")) throw new ToolFailure("a path can't hold a NUL character");
  const full = resolve(workspace, asked === "" ? "." : asked);
  if (!isPermitted) refuseSecrets(asked, isInside(workspace, full) ? relative(workspace, full) : full);
  if (full === workspace || (!isInside(workspace, full) && leadsTo(full, workspace))) {
    return workspaceItself(workspace, asked);
  }
  try {
    const { directory, missing } = existingDirectory(dirname(full));
    refuseOutside(workspace, join(directory, ...missing, basename(full)), asked);
    const place = { workspace, asked, directory, missing, name: basename(full), isPermitted };
    return missing.length > 0 ? locationOf(place, "absent", false) : lastName(place);
  } catch (error) {
    throw asFailure(error, asked);
  }
}

/** The workspace may be named by another way, such as `/tmp/x` for `/private/tmp/x`. */
function leadsTo(path: string, workspace: string): boolean {
  try {
    return realpathSync.native(path) === workspace;
  } catch {
    return false;
  }
}

interface Place {
  readonly workspace: string;
  readonly asked: string;
  readonly directory: string;
  readonly missing: readonly string[];
  readonly name: string;
  readonly isPermitted: boolean;
}

function existingDirectory(path: string): { directory: string; missing: string[] } {
  const missing: string[] = [];
  for (let current = path; ; current = dirname(current)) {
    try {
      return { directory: realpathSync.native(current), missing };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT" || dirname(current) === current) throw error;
      missing.unshift(basename(current));
    }
  }
}

function lastName(place: Place): Location {
  const path = join(place.directory, place.name);
  const info = lstatSync(path, { throwIfNoEntry: false });
  if (info === undefined) return locationOf(place, "absent", false);
  if (!info.isSymbolicLink()) return locationOf(place, kindOf(info, place), false);
  const target = realpathSync.native(path);
  refuseOutside(place.workspace, target, place.asked);
  const followed = { ...place, directory: dirname(target), name: basename(target) };
  if (target === place.workspace) return { ...workspaceItself(place.workspace, place.asked), linked: true };
  return locationOf(followed, kindOf(lstatSync(target), place), true);
}

function locationOf(place: Place, kind: Location["kind"], linked: boolean): Location {
  const { workspace, asked, directory, missing, name, isPermitted } = place;
  const real = join(directory, ...missing, name);
  const path = relative(workspace, real);
  if (!isPermitted) refuseSecrets(asked, path, real);
  if (isPrivate(real, workspace)) throw new ToolFailure(`${quoted(asked)} belongs to Gatehouse itself`);
  return {
    workspace,
    asked,
    path: path.split(sep).join("/"),
    real,
    directory,
    missing,
    name,
    kind,
    linked,
    isPermitted,
  };
}

function workspaceItself(workspace: string, asked: string): Location {
  const directory = dirname(workspace);
  const name = basename(workspace);
  return {
    workspace,
    asked,
    path: ".",
    real: workspace,
    directory,
    missing: [],
    name,
    kind: "directory",
    linked: false,
    isPermitted: false,
  };
}

function kindOf(info: Stats, { asked, workspace, isPermitted }: Place): Location["kind"] {
  if (info.isFile()) {
    refuseOtherName({ asked, workspace, isPermitted }, info);
    return "file";
  }
  return info.isDirectory() ? "directory" : "other";
}

function refuseOutside(workspace: string, real: string, asked: string): void {
  if (!isInside(workspace, real)) throw new ToolFailure(`${quoted(asked)} is outside of the workspace`);
}

function refuseSecrets(asked: string, path: string, real?: string): void {
  const holds = secretsAt(path) ?? (real === undefined ? null : secretsAtPlace(real));
  if (holds === null) return;
  throw new SecretFailure(`${quoted(asked)} is blocked: it may hold ${holds}. Do not retry.`);
}

/** A file of several names may be one that must not be read. */
export function refuseOtherName(
  { asked, workspace, isPermitted }: Pick<Location, "asked" | "workspace" | "isPermitted">,
  info: Pick<Stats, "dev" | "ino" | "nlink">,
): void {
  const other = otherNameOf(info, workspace);
  if (other?.kind === "own") throw new ToolFailure(`${quoted(asked)} belongs to Gatehouse itself`);
  if (other?.kind !== "secret" || isPermitted) return;
  throw new SecretFailure(
    `${quoted(asked)} is blocked: it is the same file as ${quoted(other.path)}, which holds ${other.holds}. Do not retry.`,
  );
}
