// `npm run bench`: measures the built program; with Electron too, where there is one.
import { join } from "node:path";
import { setUpApp } from "./app.mjs";
import { runScript } from "./failure.mjs";
import { projectNode, root } from "./places.mjs";
import { runInFront, toolEnvironment } from "./run.mjs";
import { needsVirtualDesktop, withVirtualDesktop } from "./virtual-desktop.mjs";

await runScript(async () => {
  const { runtime, settings } = await setUpApp();
  const env = { ...toolEnvironment(), ...settings, GATEHOUSE_ELECTRON: runtime.executable };
  const args = [join(root, "dist/main/bench.cjs"), ...process.argv.slice(2)];
  const run = (desktop) => runInFront(projectNode, args, { env: { ...env, ...desktop } });
  return needsVirtualDesktop() ? withVirtualDesktop(run) : run({});
});
