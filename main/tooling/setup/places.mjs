import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");

/** Where things are kept that are slow to make and the same for every checkout. */
export const cacheDirectory = join(userCache(), "gatehouse");

/** The Node that the project declares; the machine's own one may be too old for it. */
export const projectNode = join(
  root,
  "node_modules/node/bin",
  process.platform === "win32" ? "node.exe" : "node",
);

function userCache() {
  if (process.platform === "darwin") return join(homedir(), "Library/Caches");
  if (process.platform === "win32") return process.env.LOCALAPPDATA ?? join(homedir(), "AppData/Local");
  return process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
}
