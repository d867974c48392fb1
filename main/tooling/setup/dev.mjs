// `npm run dev`: the app from source with a home of its own, started again whenever a source changes.
import { setUpApp } from "./app.mjs";
import { runScript } from "./failure.mjs";
import { projectNode, root } from "./places.mjs";
import { say } from "./progress.mjs";
import { runInFront, toolEnvironment } from "./run.mjs";
import { join } from "node:path";
import { needsVirtualDesktop, withVirtualDesktop } from "./virtual-desktop.mjs";

await runScript(async () => {
  const { runtime, settings } = await setUpApp();
  const session = join(root, "main/tooling/setup/dev-session.mjs");
  const env = { ...toolEnvironment(), ...settings, GATEHOUSE_ELECTRON: runtime.executable };
  const run = (desktop) => runInFront(projectNode, [session, ...process.argv.slice(2)], { env: { ...env, ...desktop } });
  if (!needsVirtualDesktop()) return run({});
  say("There is no display here: the app runs on a virtual one.");
  return withVirtualDesktop(run);
});
