import { lstatSync, readdirSync } from "node:fs";
import type { BigIntStats, Dirent, Stats } from "node:fs";
import { homedir } from "node:os";
import { join, relative } from "node:path";
import { secretsAt, secretsAtPlace } from "../../../../inspection/risks/secrets.ts";
import { privatePlaces } from "./private-places.ts";

/**
 * A hard link is the file itself under another name, so neither its path nor where links lead tell what it is. What
 * has more than one name is compared with Gatehouse's own files and with those that keep secrets, at home and in the
 * workspace.
 */
export type OtherName =
  { readonly kind: "own" } | { readonly kind: "secret"; readonly holds: string; readonly path: string };

/** Folders right in the home folder that hold files of the list, and how deep they are looked into. */
const homeFolders =
  ". .ssh .aws .azure .gnupg .kube .docker .cargo .claude .codex .gemini .git .m2 .gradle .config .config/gh .config/hub .config/git .config/gcloud .config/containers .config/rclone .config/doctl .config/github-copilot .local/share/keyrings .local/share/fish .password-store .terraform.d .oci".split(
    " ",
  );
const MAX_FOLDERS = 64;
const MAX_FILES = 5_000;
/** So long what was found is taken to be true: a search may meet thousands of links. */
const KEPT_MS = 1_000;

const keyOf = ({ dev, ino }: Pick<Stats | BigIntStats, "dev" | "ino">): string => `${dev}:${ino}`;

/** Null: as far as Gatehouse knows it has no other name that matters. */
export function otherNameOf(info: Pick<Stats, "dev" | "ino" | "nlink">, workspace: string): OtherName | null {
  if (info.nlink < 2) return null;
  const key = keyOf(info);
  if (ownFiles().has(key)) return { kind: "own" };
  const atHome = homeSecrets().get(key);
  const path = atHome ?? workspaceSecrets(workspace).get(key);
  if (path === undefined) return null;
  const holds = atHome === undefined ? secretsAt(relative(workspace, path)) : secretsAtPlace(path);
  return holds === null ? null : { kind: "secret", holds, path };
}

interface Found {
  /** Of the folders, so that a file that came or went is noticed. */
  readonly state: string;
  readonly keys: ReadonlySet<string>;
  readonly folders: readonly string[];
}
let own: Found = { state: "", keys: new Set(), folders: [] };

function ownFiles(): ReadonlySet<string> {
  const places = privatePlaces();
  const before = stateOf([...places, ...own.folders]);
  if (before === own.state) return own.keys;
  const keys = new Set<string>();
  const folders: string[] = [];
  const todo = [...places];
  for (let path = todo.pop(); path !== undefined && keys.size < MAX_FILES; path = todo.pop()) {
    const info = lstatSync(path, { throwIfNoEntry: false });
    if (info === undefined) continue;
    if (!info.isDirectory()) keys.add(keyOf(info));
    else if (folders.length < MAX_FOLDERS) {
      folders.push(path);
      todo.push(...namesIn(path));
    }
  }
  own = { state: stateOf([...places, ...folders]), keys, folders };
  return keys;
}

function stateOf(paths: readonly string[]): string {
  return paths
    .map((path) => {
      const info = lstatSync(path, { throwIfNoEntry: false, bigint: true });
      return info === undefined ? "-" : `${keyOf(info)}:${info.mtimeNs}`;
    })
    .join(" ");
}

let atHome: { readonly at: number; readonly files: ReadonlyMap<string, string> } = {
  at: -Infinity,
  files: new Map(),
};

function homeSecrets(): ReadonlyMap<string, string> {
  const now = performance.now();
  if (now - atHome.at < KEPT_MS) return atHome.files;
  const home = homedir();
  const files = new Map<string, string>();
  for (const path of homeFolders.flatMap((folder) => namesIn(join(home, folder)))) {
    if (files.size >= MAX_FILES || secretsAtPlace(path, home) === null) continue;
    const info = lstatSync(path, { throwIfNoEntry: false });
    if (info?.isFile() === true) files.set(keyOf(info), path);
  }
  atHome = { at: now, files };
  return files;
}

/** Packages are full of links, and git's own files are looked after by other rules. */
const skipped = new Set([".git", "node_modules"]);
const MAX_ENTRIES = 2_000;
let inWorkspace: {
  readonly at: number;
  readonly workspace: string;
  readonly files: ReadonlyMap<string, string>;
} = {
  at: -Infinity,
  workspace: "",
  files: new Map(),
};

/** Those with several names, the uppermost folders first. */
function workspaceSecrets(workspace: string): ReadonlyMap<string, string> {
  const now = performance.now();
  if (inWorkspace.workspace === workspace && now - inWorkspace.at < KEPT_MS) return inWorkspace.files;
  const files = new Map<string, string>();
  const folders = [workspace];
  let seen = 0;
  for (const folder of folders) {
    for (const entry of entriesIn(folder)) {
      if ((seen += 1) > MAX_ENTRIES) break;
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !skipped.has(entry.name)) folders.push(path);
      if (!entry.isFile() || secretsAt(relative(workspace, path)) === null) continue;
      const info = lstatSync(path, { throwIfNoEntry: false });
      if (info !== undefined && info.nlink > 1) files.set(keyOf(info), path);
    }
  }
  inWorkspace = { at: now, workspace, files };
  return files;
}

function entriesIn(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Nothing, where it is no folder or may not be read. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .slice(0, MAX_FILES)
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
