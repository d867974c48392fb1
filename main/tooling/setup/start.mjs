// `npm start`: sets up what is missing, builds what is stale, runs the app from source.
import { appArguments, setUpApp } from "./app.mjs";
import { runScript } from "./failure.mjs";
import { say } from "./progress.mjs";
import { runInFront } from "./run.mjs";
import { needsVirtualDesktop, withVirtualDesktop } from "./virtual-desktop.mjs";

await runScript(async () => {
  const { runtime, settings } = await setUpApp();
  const run = (desktop) =>
    runInFront(runtime.executable, appArguments(process.argv.slice(2)), { env: { ...process.env, ...settings, ...desktop } });
  if (!needsVirtualDesktop()) return run({});
  say("There is no display here: the app runs on a virtual one.");
  return withVirtualDesktop(run);
});
