import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { cacheDirectory } from "./places.mjs";

const prefix = "making-";
const hourMs = 60 * 60 * 1000;

/** Whoever was interrupted could not clean up. */
async function sweep() {
  for (const name of await readdir(cacheDirectory)) {
    if (!name.startsWith(prefix)) continue;
    const folder = join(cacheDirectory, name);
    const { mtimeMs } = await stat(folder);
    if (Date.now() - mtimeMs > hourMs) await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Gives a folder to make something in; beside the place where it will be kept, so that the finished thing only has to be renamed.
 * @param {(folder: string) => Promise<void>} make
 */
export async function inWorkFolder(make) {
  await mkdir(cacheDirectory, { recursive: true });
  await sweep();
  const folder = await mkdtemp(join(cacheDirectory, prefix));
  try {
    await make(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
