import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { root } from "./places.mjs";

const sourceFolders = ["main", "preload", "renderer", "resources"];
const sourceFiles = ["package.json", "package-lock.json"];
const stampFile = join(root, "dist/build.json");

const isBuilt = (name) => !/\.test\.tsx?$/.test(name) && !name.startsWith(".") && !name.endsWith(".md");

function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (isBuilt(entry.name)) yield path;
  }
}

const inOrder = (one, other) => (one < other ? -1 : 1);

function sources(base) {
  const folders = sourceFolders
    .map((name) => join(base, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false }));
  const files = sourceFiles
    .map((name) => join(base, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false }));
  return [...folders.flatMap((folder) => [...filesBelow(folder)]), ...files];
}

/** Changes whenever a file that goes into the build is added, removed or written. Reads no contents: it runs before every start. */
export function sourceFingerprint(base = root) {
  const hash = createHash("sha256");
  for (const path of sources(base).toSorted(inOrder)) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path.slice(base.length)}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

export function isBuildCurrent() {
  try {
    return JSON.parse(readFileSync(stampFile, "utf8")).fingerprint === sourceFingerprint();
  } catch {
    return false;
  }
}

export async function rememberBuild(fingerprint) {
  await mkdir(dirname(stampFile), { recursive: true });
  await writeFile(stampFile, JSON.stringify({ fingerprint }) + "\n");
}

/** A build that fails half-way must not be taken for the one before. */
export const forgetBuild = () => rm(stampFile, { force: true });
