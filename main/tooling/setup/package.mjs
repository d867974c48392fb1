// `npm run package`: installers for this platform. `-- --dir`: only the unpacked app, on whatever Electron runs here.
import { runScript, SetupFailure } from "./failure.mjs";
import { buildWhenStale } from "./build-when-stale.mjs";
import { dependencies } from "./dependencies.mjs";
import { electronRuntime } from "./electron-runtime.mjs";
import { packageUnpacked } from "./unpacked-app.mjs";
import { say } from "./progress.mjs";
import { projectNode } from "./places.mjs";
import { runInFront, toolEnvironment, toolScript } from "./run.mjs";

await runScript(async () => {
  const args = process.argv.slice(2);
  await dependencies();
  await buildWhenStale();
  const runtime = await electronRuntime();
  if (args.includes("--dir")) return say(`The unpacked app: ${await packageUnpacked(runtime)}`);
  if (runtime.source === "fallback") {
    throw new SetupFailure("Installers are not built with the stand-in Electron: it is not for users.", {
      advice:
        "Build them where Electron can be downloaded, or try the unpacked app: npm run package -- --dir",
    });
  }
  return runInFront(projectNode, [toolScript("electron-builder"), "--publish", "never", ...args], {
    env: toolEnvironment(),
  });
});
