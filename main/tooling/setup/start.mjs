// `npm start`: sets up what is missing, builds what is stale, runs the app from source.
import { electronFlags, onDesktop, setUpApp } from "./app.mjs";
import { runScript } from "./failure.mjs";
import { root } from "./places.mjs";
import { say } from "./progress.mjs";
import { runInFront } from "./run.mjs";

await runScript(async () => {
  const { runtime, settings } = await setUpApp();
  say(
    "Gatehouse sits in the tray from now on. To quit, choose “Quit Gatehouse” there, or press Ctrl+C here.",
  );
  const args = [root, ...electronFlags(), ...process.argv.slice(2)];
  return onDesktop((desktop) =>
    runInFront(runtime.executable, args, { env: { ...process.env, ...settings, ...desktop } }),
  );
});
