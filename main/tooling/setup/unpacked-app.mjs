import { existsSync } from "node:fs";
import { join } from "node:path";
import { SetupFailure } from "./failure.mjs";
import { root } from "./places.mjs";
import { step } from "./progress.mjs";
import { captureScript, toolScript } from "./run.mjs";

const architecture = process.arch === "x64" ? "" : `-${process.arch}`;
const executables = {
  darwin: `mac${architecture}/Gatehouse.app/Contents/MacOS/Gatehouse`,
  win32: `win${architecture}-unpacked/Gatehouse.exe`,
  linux: `linux${architecture}-unpacked/gatehouse`,
};

/**
 * Packages the app without an installer, around the Electron that runs here.
 * @param {import("./electron-runtime.mjs").Runtime} runtime
 * @returns {Promise<string>} its executable
 */
export async function packageUnpacked(runtime) {
  const args = [
    "--dir",
    "--publish",
    "never",
    `-c.electronDist=${runtime.directory}`,
    `-c.electronVersion=${runtime.version}`,
  ];
  await step("Packaging", () =>
    captureScript(toolScript("electron-builder"), args, { failure: "The app could not be packaged." }),
  );
  const executable = join(root, "dist/package", executables[process.platform] ?? executables.linux);
  if (!existsSync(executable)) throw new SetupFailure(`The app was packaged, but there is no ${executable}.`);
  return executable;
}
