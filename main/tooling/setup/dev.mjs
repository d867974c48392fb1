// `npm run dev`: the app from source with a home of its own, started again whenever a source changes.
import { join } from "node:path";
import { electronFlags, onDesktop, setUpApp } from "./app.mjs";
import { runScript } from "./failure.mjs";
import { projectNode, root } from "./places.mjs";
import { runInFront, toolEnvironment } from "./run.mjs";

await runScript(async () => {
  const { runtime, settings } = await setUpApp();
  const session = join(root, "main/tooling/setup/dev-session.mjs");
  const app = [runtime.executable, root, ...electronFlags(), ...process.argv.slice(2)];
  const env = { ...toolEnvironment(), ...settings };
  return onDesktop((desktop) => runInFront(projectNode, [session, ...app], { env: { ...env, ...desktop } }));
});
