import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectNode, root } from "./places.mjs";
import { step } from "./progress.mjs";
import { captureOrFail, npmCommand } from "./run.mjs";

const lockFile = join(root, "package-lock.json");
const installedFile = join(root, "node_modules/.package-lock.json");
const stampFile = join(root, "node_modules/.gatehouse-installed");

const read = (file) => (existsSync(file) ? readFileSync(file, "utf8") : undefined);
const digest = (text) => createHash("sha256").update(text).digest("hex");

/**
 * Whether what is installed is what the lock file wants. Somebody may have run npm by hand, so a missing stamp alone is no
 * reason to throw away and fetch everything again.
 */
export function satisfiesLock(lock, installed) {
  const entries = Object.entries(lock.packages).filter(([path]) => path !== "");
  return entries.every(([path, wanted]) => {
    const present = installed.packages[path];
    return present ? present.version === wanted.version : Boolean(wanted.optional || wanted.peer);
  });
}

function areCurrent() {
  const lock = read(lockFile);
  if (lock === undefined) return existsSync(installedFile);
  if (read(stampFile) === digest(lock)) return true;
  const installed = read(installedFile);
  if (installed === undefined || !satisfiesLock(JSON.parse(lock), JSON.parse(installed))) return false;
  writeFileSync(stampFile, digest(lock));
  return true;
}

/** Installs node_modules when they are missing or not what the lock file says. */
export async function dependencies() {
  if (areCurrent() && existsSync(projectNode)) return;
  await step("Installing dependencies", async () => {
    const action = existsSync(lockFile) ? "ci" : "install";
    await npm([action, "--ignore-scripts"], {
      failure: `The dependencies could not be installed: npm ${action} failed.`,
      advice:
        "Check that npm's package registry can be reached, and that Node 20 and npm 10 or newer are installed.",
    });
    // Of the install scripts only these are needed; npm would compile better-sqlite3, which comes ready-built.
    await npm(["rebuild", "node", "esbuild"], {
      failure: "Node.js for this project (the package `node`) could not be installed.",
      advice: "Check that npm's package registry can be reached and that npm may run install scripts.",
    });
  });
  if (existsSync(lockFile)) writeFileSync(stampFile, digest(readFileSync(lockFile)));
}

async function npm(args, failure) {
  const { command, first, shell } = npmCommand();
  await captureOrFail(command, [...first, ...args, "--no-audit", "--no-fund", "--loglevel=error"], {
    shell,
    ...failure,
  });
}
